import type { MountedPages, PagesProps, PagesResult } from '@datasync/conformance'
import type { Database } from '@datasync/engine'
import { mount, tick, unmount } from 'svelte'
import { provided } from '../support/provided.ts'
import Provider from '../support/provider.svelte'
import PagesView from './pages-view.svelte'

export async function mountPages(database: Database, initial: PagesProps): Promise<MountedPages> {
  const container = document.body.appendChild(document.createElement('div'))
  let query = {} as PagesResult
  let asked = $state.raw(initial)
  const component = mount(Provider, {
    target: container,
    props: provided(database, PagesView, {
      get asked() {
        return asked
      },
      created: (created: PagesResult) => void (query = created),
    }),
  })
  return {
    container,
    current: () => ({ ...query }),
    setProps: (props) => {
      asked = props
      return tick()
    },
    unmount: () => unmount(component),
  }
}
