/** For compilers that do not look into such files, as `vue-tsc` does. */
declare module '*.vue' {
  import type { Component } from 'vue'
  const component: Component
  export default component
}
