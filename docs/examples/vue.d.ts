// What the examples for Vue take as given beside that.
import type * as vue from 'vue'

declare global {
  type VueApp = vue.App
  const computed: typeof vue.computed
  const createApp: typeof vue.createApp
  const ref: typeof vue.ref

  const App: vue.Component
  const TodoList: vue.Component
}
