/** What the Content Security Policy of the page has refused. */
export interface Refusals {
  /** The directive that refused something of this kind, if one did. */
  of(kinds: readonly string[]): string | undefined
  stop(): void
}

/** Listens to what is refused from now on. Node has no policy, and nothing to listen to. */
export function watchRefusals(target: Partial<EventTarget>): Refusals {
  const directives: string[] = []
  const listen = (event: Event): void => {
    const { effectiveDirective, disposition } = event as SecurityPolicyViolationEvent
    if (disposition === 'enforce') directives.push(effectiveDirective)
  }
  target.addEventListener?.('securitypolicyviolation', listen)
  return {
    of: (kinds) => directives.find((directive) => kinds.includes(directive)),
    stop: () => target.removeEventListener?.('securitypolicyviolation', listen),
  }
}
