import { afterRenderEffect, ChangeDetectionStrategy, Component, computed, signal } from '@angular/core'
import { injectQuery } from '@datasync/angular'
import { ICON_PATHS } from '../../common/icon-paths.ts'
import { CHANGE_TOTALS, type ChangeTotals } from '../change-totals.ts'
import { describeEmpty, describeFailure, describeTotals, SEARCH_LABEL } from '../pane-words.ts'
import { FIRST_SEARCH, placesLike } from '../places-like.ts'
import { countRendering } from '../renderings.ts'
import { PlaceList } from './place-list.ts'

@Component({
  selector: 'demo-pane',
  imports: [PlaceList],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { style: 'display: contents' },
  template: `
    <search class="pane-search">
      <svg aria-hidden="true" class="icon" viewBox="0 0 24 24"><path [attr.d]="icons.search" /></svg>
      <input
        type="text"
        [attr.aria-label]="label"
        [placeholder]="label"
        spellcheck="false"
        [value]="search()"
        (input)="search.set(box.value)"
        #box
      />
    </search>
    @if (places.error(); as error) {
      <p class="pane-message" role="alert">{{ describeFailure(error) }}</p>
    }
    @if (places.data()?.length === 0) {
      <p class="pane-message">{{ describeEmpty(search()) }}</p>
    }
    <ul demo-place-list class="pane-list" [places]="places.data() ?? []" [search]="search()"></ul>
    <p class="pane-totals">{{ totals() }}</p>
  `,
})
export class Pane {
  protected readonly search = signal(FIRST_SEARCH)
  protected readonly places = injectQuery(() => placesLike(this.search()), undefined, { keepPrevious: true })
  private readonly changes = injectQuery<ChangeTotals>(CHANGE_TOTALS)
  protected readonly totals = computed(() => {
    const changes = this.changes.data()?.[0]
    return changes && describeTotals(changes)
  })
  protected readonly icons = ICON_PATHS
  protected readonly label = SEARCH_LABEL
  protected readonly describeEmpty = describeEmpty
  protected readonly describeFailure = describeFailure

  constructor() {
    afterRenderEffect(() => {
      void [this.search(), this.places.data(), this.places.error(), this.totals()]
      countRendering('angular')
    })
  }
}
