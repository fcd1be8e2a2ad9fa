import { dataSync } from '@datasync/vue'
import { createApp, h, shallowRef } from 'vue'
import type { ListFramework } from '../list-framework.ts'
import List from './list.vue'
import LiveList from './live-list.vue'

export const vueList: ListFramework = {
  name: 'Vue',
  mountLive(element, database, rendered) {
    const app = createApp(LiveList, { rendered }).use(dataSync(database))
    app.mount(element)
    return () => app.unmount()
  },
  mountPlain(element, initial) {
    const items = shallowRef(initial)
    const app = createApp({ render: () => h(List, { items: items.value }) })
    app.mount(element)
    return {
      show: (next) => {
        items.value = next
      },
      unmount: () => app.unmount(),
    }
  },
}
