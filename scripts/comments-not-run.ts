/** An example in TSDoc that is compiled and not run. Readers of the API need not be told, so that it stands here. */
export interface CommentNotRun {
  readonly page: string
  /** What tells it from the others of its source. */
  readonly has: string
  readonly reason: string
}

/** A test fails where one of them is not there, or is two. */
export const COMMENTS_NOT_RUN: readonly CommentNotRun[] = [
  {
    page: 'packages/angular/src/inject-hydrated.ts',
    has: 'provideClientHydration()',
    reason: 'needs what a server has rendered; the tests of the package hydrate that',
  },
  {
    page: 'packages/angular/src/provide-dehydrated.ts',
    has: 'provideServerRendering(',
    reason: 'needs a server; the tests of the package render on it',
  },
  {
    page: 'packages/engine/src/handle.ts',
    has: 'await db.drain()',
    reason: 'loads the page anew, and with it the tests',
  },
  {
    page: 'packages/react/src/hydration-boundary.tsx',
    has: 'async function Page()',
    reason: 'a server component; the tests of the package render and hydrate the boundary',
  },
]
