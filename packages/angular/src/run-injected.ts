import { assertInInjectionContext, runInInjectionContext, type Injector } from '@angular/core'
import type { DatabaseChoice } from '@datasync/engine'

/** What every `inject` function of this package can be told. */
export interface InjectOptions extends DatabaseChoice {
  /** Asked for what is injected, and lives as long as that. The one of the present context unless told. */
  readonly injector?: Injector | undefined
}

/** Runs `setUp` in the injection context of the options, or in the present one, which `caller` needs then. */
export function runInjected<Result>(
  caller: (...args: never) => unknown,
  options: InjectOptions | undefined,
  setUp: () => Result,
): Result {
  if (options?.injector !== undefined) return runInInjectionContext(options.injector, setUp)
  assertInInjectionContext(caller)
  return setUp()
}
