/** What all tests are allowed. */
export const TEST_LIMITS = {
  // No retries: a test that fails now and then has found something.
  retry: 0,
  testTimeout: 30_000,
  hookTimeout: 30_000,
  // What comes at once on a quiet machine may take a second on a busy one, and a query is let go after one as well.
  expect: { poll: { timeout: 10_000 } },
} as const
