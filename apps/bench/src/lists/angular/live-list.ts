import { afterRenderEffect, ChangeDetectionStrategy, Component, computed, input } from '@angular/core'
import { injectQuery } from '@datasync/angular'
import { ITEMS, type Item, type Rendered } from '../list-framework.ts'
import { List } from './list.ts'

@Component({
  selector: 'bench-live-list',
  imports: [List],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<bench-list [items]="items()" />`,
})
export class LiveList {
  readonly rendered = input.required<Rendered>()
  private readonly query = injectQuery<Item>(ITEMS)
  protected readonly items = computed(() => this.query.data() ?? [])

  constructor() {
    afterRenderEffect(() => {
      this.items()
      this.rendered()()
    })
  }
}
