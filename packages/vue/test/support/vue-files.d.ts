declare module '*.vue' {
  import type { DefineComponent } from 'vue'

  const component: DefineComponent<{ readonly list: number }>
  export default component
}
