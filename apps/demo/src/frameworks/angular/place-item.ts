import { ChangeDetectionStrategy, Component, computed, input, signal } from '@angular/core'
import { injectMutation } from '@datasync/angular'
import { ICON_PATHS } from '../../common/icon-paths.ts'
import { setFavourite, setNote } from '../../data/place-changes.ts'
import type { PlaceRow } from '../../data/place-rows.ts'
import { describeRegion, describeUnsaved, NOTE_HINT } from '../pane-words.ts'

@Component({
  selector: 'li[demo-place-item]',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    '[attr.data-place]': 'place().id',
    '[attr.data-note]': 'place().note',
    '[attr.data-favourite]': 'place().favourite',
  },
  template: `
    <p class="place-name">{{ place().name }}</p>
    <p class="place-region">{{ describeRegion(place()) }}</p>
    <button
      type="button"
      class="place-star"
      [attr.aria-label]="'Favourite: ' + place().name"
      [attr.aria-pressed]="place().favourite === 1"
      (click)="mark.mutate(place().favourite === 0)"
    >
      <svg aria-hidden="true" class="icon" viewBox="0 0 24 24"><path [attr.d]="icons.star" /></svg>
    </button>
    <input
      type="text"
      class="place-note"
      [attr.aria-label]="'Note: ' + place().name"
      [placeholder]="hint"
      maxlength="500"
      [value]="(isSaved() ? undefined : draft()) ?? place().note ?? ''"
      (input)="type(field.value)"
      (blur)="isTyping.set(false)"
      #field
    />
    @if (error() !== undefined) {
      <p class="place-error" role="alert">{{ describeUnsaved(error()) }}</p>
    }
  `,
})
export class PlaceItem {
  readonly place = input.required<PlaceRow>()
  /** What was typed last, spaces at its end included. */
  protected readonly draft = signal<string | undefined>(undefined)
  protected readonly isTyping = signal(false)
  protected readonly mark = injectMutation((db, favourite: boolean) =>
    db.run(setFavourite(this.place().id, favourite)),
  )
  protected readonly icons = ICON_PATHS
  protected readonly hint = NOTE_HINT
  protected readonly describeRegion = describeRegion
  protected readonly describeUnsaved = describeUnsaved
  private readonly write = injectMutation((db, body: string) => db.run(setNote(this.place().id, body)))
  protected readonly isSaved = computed(() => !this.isTyping() && this.write.status() === 'success')
  protected readonly error = computed(() => this.write.error() ?? this.mark.error())

  protected type(body: string): void {
    this.draft.set(body)
    this.isTyping.set(true)
    this.write.mutate(body)
  }
}
