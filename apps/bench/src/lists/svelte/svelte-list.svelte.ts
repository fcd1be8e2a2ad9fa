import { mount, unmount } from 'svelte'
import type { ListFramework } from '../list-framework.ts'
import List from './list.svelte'
import LiveList from './live-list.svelte'

export const svelteList: ListFramework = {
  name: 'Svelte',
  mountLive(target, database, rendered) {
    const list = mount(LiveList, { target, props: { database, rendered } })
    return () => void unmount(list)
  },
  mountPlain(target, initial) {
    let items = $state.raw(initial)
    const list = mount(List, {
      target,
      props: {
        get items() {
          return items
        },
      },
    })
    return {
      show: (next) => {
        items = next
      },
      unmount: () => void unmount(list),
    }
  },
}
