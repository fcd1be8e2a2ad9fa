import { dataSync } from '@datasync/vue'
import { createApp } from 'vue'
import { database } from '../../data/database.ts'
import Pane from './pane.vue'

export function mount(element: HTMLElement): void {
  createApp(Pane).use(dataSync(database)).mount(element)
}
