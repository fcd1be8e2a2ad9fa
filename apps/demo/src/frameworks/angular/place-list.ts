import { ChangeDetectionStrategy, Component, computed, input, signal } from '@angular/core'
import type { PlaceRow } from '../../data/place-rows.ts'
import { findFocused, keepFocused, type FocusedPlace } from '../kept-place.ts'
import { PlaceItem } from './place-item.ts'

@Component({
  selector: 'ul[demo-place-list]',
  imports: [PlaceItem],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    '(focusin)': 'focus($event.target)',
    '(focusout)': 'focus($event.relatedTarget)',
  },
  template: `
    @for (place of shown(); track place.id) {
      <li demo-place-item class="place" [place]="place"></li>
    }
  `,
})
export class PlaceList {
  readonly places = input.required<readonly PlaceRow[]>()
  readonly search = input.required<string>()
  private readonly focused = signal<FocusedPlace | undefined>(undefined)
  protected readonly shown = computed(() => keepFocused(this.places(), this.focused(), this.search()))

  protected focus(target: EventTarget | null): void {
    this.focused.set(findFocused(this.shown(), target))
  }
}
