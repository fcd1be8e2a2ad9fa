import { defineConfig } from 'vitest/config'

/** Does what the tutorials say, from `npm create` to the built app, with the packages as they would be published. */
export default defineConfig({
  test: {
    name: 'tutorials',
    include: ['apps/site/tutorials/**/*.test.ts'],
    retry: 0,
    fileParallelism: false,
    // What is created is downloaded.
    testTimeout: 10 * 60_000,
    hookTimeout: 2 * 60_000,
  },
})
