declare module 'virtual:examples' {
  import type { GivenName } from './given-names.ts'

  /** An example of the documentation as a function, and where it stands. */
  interface RunnableExample {
    readonly page: string
    readonly line: number
    /** What it uses without declaring it. */
    readonly given: readonly GivenName[]
    /** The names of the databases that it makes, attaches, or is given. */
    readonly databases: readonly string[]
    readonly run: (
      given: Readonly<Record<string, unknown>>,
      shown: (actual: unknown, expected: unknown) => void,
    ) => Promise<void>
  }

  export const examples: readonly RunnableExample[]
}
