import { mount as mountComponent } from 'svelte'
import Pane from './pane.svelte'

export function mount(element: HTMLElement): void {
  mountComponent(Pane, { target: element })
}
