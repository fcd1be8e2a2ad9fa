/** The first line of what was thrown, without what Playwright puts before it. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return (message.split('\n')[0] ?? '').replace(/^page\.evaluate: (Error: )?/, '')
}
