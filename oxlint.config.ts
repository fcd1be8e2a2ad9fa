import { defineConfig, type OxlintOverride } from 'oxlint'

const FRAMEWORKS = [
  'react',
  'react/**',
  'react-dom',
  'react-dom/**',
  'vue',
  'vue/**',
  'svelte',
  'svelte/**',
  '@angular/**',
]

/** One file, or several, that must not be imported from where the wall stands. Types may be, if `types` says so. */
interface Wall {
  readonly group: string[]
  readonly message: string
  readonly types?: boolean
}

const WORKER: Wall = {
  group: ['**/worker/**', './worker/**'],
  message:
    'The page and the worker share types and errors, nothing else: code of the worker would be bundled into the page.',
  types: true,
}
const PAGE: Wall = {
  group: [
    '**/live/**',
    '**/database/**',
    '**/calls/**',
    '**/transaction/**',
    '**/database.ts',
    '**/index.ts',
    '**/testing/**',
    '**/testing.ts',
  ],
  message: 'The worker does not know the page: they meet in link/protocol.ts.',
  types: true,
}
const FRAMEWORK: Wall = {
  group: FRAMEWORKS,
  message: 'The engine serves every framework and imports none.',
}
const ENGINE_INSIDES: Wall = {
  group: [
    '@datasync/engine/**',
    '!@datasync/engine/hydration',
    '!@datasync/engine/testing',
    '**/engine/src/**',
    '**/engine/dist/**',
  ],
  message:
    "Import from '@datasync/engine', as users do. If something is missing there, it is missing for them too.",
}
const ENGINE_BUT_ITS_ENTRIES: Wall = {
  ...ENGINE_INSIDES,
  group: ['@datasync/engine/**', '!@datasync/engine/hydration', '**/engine/src/**', '**/engine/dist/**'],
}
/** Its tests put the worker where they can listen to it, as apps do whose bundler does not find it. */
const ENGINE_BUT_ITS_WORKER: Wall = {
  ...ENGINE_INSIDES,
  group: [
    '@datasync/engine/**',
    '!@datasync/engine/hydration',
    '!@datasync/engine/worker',
    '**/engine/src/**',
    '**/engine/dist/**',
  ],
}

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'promise', 'react', 'jsx-a11y', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: {
    typeAware: true,
    denyWarnings: true,
    reportUnusedDisableDirectives: 'error',
  },
  // The settings of SvelteKit's compiler are those that it makes on installing, in another workspace.
  ignorePatterns: ['**/dist/**', '.size-limit.js', 'examples/sveltekit/**'],
  rules: {
    'eslint/eqeqeq': 'error',
    'eslint/no-restricted-globals': ['error', 'event', 'name', 'status'],
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/ban-ts-comment': 'error',
    // As the documentation of fast-check does.
    'import/no-named-as-default-member': 'off',
    'import/no-unassigned-import': ['error', { allow: ['**/*.css', '@datasync/engine/worker'] }],
    // It does not see that a function called in the loop changes the variable.
    'eslint/no-unmodified-loop-condition': 'off',
    // `void promise.then(...)` is a statement.
    'promise/always-return': 'off',
    // The automatic JSX runtime needs no import.
    'react/react-in-jsx-scope': 'off',
    // The compiler knows when a switch is exhaustive; this rule does not.
    'typescript/consistent-return': 'off',
    // A union can name a special case of a wider member for its reader.
    'typescript/no-redundant-type-constituents': 'off',
    // What callers pass, and what the platform has, can be other than its type says.
    'typescript/no-unnecessary-boolean-literal-compare': 'off',
    'typescript/no-unnecessary-type-conversion': 'off',
    // In a signature, one use can still name what a caller chooses.
    'typescript/no-unnecessary-type-parameters': 'off',
    // What crosses the link or comes out of wasm has no type but the one that it is given there.
    'typescript/no-unsafe-type-assertion': 'off',
    // A helper stands beside its caller.
    'unicorn/consistent-function-scoping': 'off',
    // A copy lets a listener end its own subscription.
    'unicorn/no-useless-spread': 'off',
    // Workers and ports have no origin to name.
    'unicorn/require-post-message-target-origin': 'off',
    // A property asserts under the conditions that its model gives.
    'vitest/no-conditional-expect': 'off',
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    // Helpers assert as well, and a call that was answered has passed.
    'vitest/expect-expect': 'off',
    'vitest/no-standalone-expect': 'off',
    'vitest/require-to-throw-message': 'off',
    'unicorn/filename-case': ['error', { case: 'kebabCase' }],
  },
  overrides: [
    {
      files: ['*.config.ts', '**/*.config.ts', 'apps/site/.vitepress/**'],
      rules: { 'import/no-default-export': 'off' },
    },
    {
      // Where a framework or a test runner takes what a file exports by default.
      files: ['examples/**', 'test/bundlers/server-rows/**', 'test/bundlers/pack-packages.ts'],
      rules: { 'import/no-default-export': 'off' },
    },
    {
      files: ['**/src/**'],
      rules: { 'eslint/max-lines': ['error', { max: 300 }] },
    },
    {
      files: ['**/test/**'],
      // A test's component may tell the test what it saw.
      rules: { 'react/globals': 'off' },
    },
    {
      files: ['**/*.test-d.{ts,tsx}'],
      // They are checked by being compiled.
      rules: { 'eslint/no-unused-expressions': 'off' },
    },
    {
      files: ['packages/{vue,svelte,angular}/**'],
      // What other frameworks name `use...` is not a hook of React.
      rules: { 'react/hooks': 'off' },
    },
    {
      files: ['packages/conformance/src/suite.ts'],
      // Its tests are those that it is given.
      rules: { 'vitest/valid-title': 'off', 'vitest/no-conditional-tests': 'off' },
    },
    {
      files: ['packages/vue/src/awaitable.ts'],
      // As composables do that can be awaited: what the promise gives has no `then`.
      rules: { 'unicorn/no-thenable': 'off' },
    },
    wallsAround('packages/engine/src/**', [WORKER, FRAMEWORK]),
    wallsAround('packages/engine/src/worker/**', [PAGE, FRAMEWORK]),
    wallsAround('packages/engine/src/{testing,testing/**,testing.ts}', [FRAMEWORK]),
    wallsAround('packages/{react,vue,svelte,angular}/src/**', [ENGINE_BUT_ITS_ENTRIES]),
    wallsAround('packages/{react,vue,svelte,angular}/test/**', [ENGINE_INSIDES]),
    wallsAround('packages/conformance/src/**', [ENGINE_BUT_ITS_WORKER, FRAMEWORK]),
    wallsAround('apps/**', [ENGINE_INSIDES]),
    // Measures the worker where it runs, without a page in between.
    wallsAround('apps/bench/src/workers/engine.worker.ts', []),
  ],
})

/** A later wall around the same file replaces the earlier ones. */
function wallsAround(files: string, walls: readonly Wall[]): OxlintOverride {
  const patterns = walls.map(({ group, message, types }) => ({
    group,
    message,
    allowTypeImports: types ?? false,
  }))
  return {
    files: [files],
    rules: { 'eslint/no-restricted-imports': ['error', { patterns }] },
  }
}
