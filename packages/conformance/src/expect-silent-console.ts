import { afterEach, beforeEach, expect, vi } from 'vitest'

/**
 * Lets every test of a file, or of the suite around the call, fail that writes an error or a warning to
 * the console: frameworks tell of most misuse (loops, missing keys, mismatches, leaks) there alone.
 *
 * @param cleanUp - What is still to be done before the console is looked at.
 */
export function expectSilentConsole(cleanUp: () => void = () => undefined): void {
  beforeEach(() => {
    vi.spyOn(console, 'error')
    vi.spyOn(console, 'warn')
  })

  afterEach(() => {
    cleanUp()
    expect(console.error).not.toHaveBeenCalled()
    expect(console.warn).not.toHaveBeenCalled()
    vi.restoreAllMocks()
  })
}
