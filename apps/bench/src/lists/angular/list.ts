import { ChangeDetectionStrategy, Component, input } from '@angular/core'
import type { Item } from '../list-framework.ts'

@Component({
  selector: 'bench-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ul>
      @for (item of items(); track item.id) {
        <li>{{ item.name }}</li>
      }
    </ul>
  `,
})
export class List {
  readonly items = input.required<readonly Item[]>()
}
