// What the examples for Angular take as given beside that.
import type * as core from '@angular/core'
import type * as browser from '@angular/platform-browser'
import type * as rxjs from 'rxjs'

declare global {
  const App: core.Type<unknown>
  const computed: typeof core.computed
  const inject: typeof core.inject
  const input: typeof core.input
  const map: typeof rxjs.map
  const provideClientHydration: typeof browser.provideClientHydration
  type ApplicationConfig = core.ApplicationConfig

  // Of `@angular/ssr`, which no test of the package needs.
  const serverRoutes: readonly object[]
  function provideServerRendering(...features: readonly object[]): core.EnvironmentProviders
  function withRoutes(routes: readonly object[]): object
}
