import type { EngineContext } from './engine-context.ts'
import type { Outcomes } from './hosting/outcomes.ts'
import type { Outbox } from './outbox.ts'

/** What those work with who serve one session: the engine's context, and where this session's answers go. */
export interface SessionContext extends EngineContext {
  readonly outbox: Outbox
  readonly outcomes: Outcomes
}

/** The rest is looked up in the engine's context whenever it is asked for, since it changes. */
export function sessionContext(
  engine: EngineContext,
  own: { readonly outbox: Outbox; readonly outcomes: Outcomes },
): SessionContext {
  return Object.assign(Object.create(engine) as EngineContext, own)
}
