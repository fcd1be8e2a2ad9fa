// What the examples for Angular take as given beside that.
import type { Type } from '@angular/core'

declare global {
  const App: Type<unknown>
}
