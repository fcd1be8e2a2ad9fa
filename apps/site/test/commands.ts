/** Who runs a command that the documentation names. */
export type CommandUse =
  /** The continuous integration, as a script of the root's package.json. */
  | { readonly by: 'integration' }
  /** `test:tutorials`, which follows the tutorial with it. */
  | { readonly by: 'tutorials' }
  /** Nobody, for this reason. Its script and the files that it names are checked to be there all the same. */
  | { readonly by: 'nobody'; readonly reason: string }

const integration: CommandUse = { by: 'integration' }
const tutorials: CommandUse = { by: 'tutorials' }
const nobody = (reason: string): CommandUse => ({ by: 'nobody', reason })

const scaffold = nobody(
  'makes the files that the apps in `examples/` begin with, which `test:bundlers` builds and runs',
)
const unpublished = nobody('the packages are not published yet; `test:bundlers` installs them from archives')
const toolchain = nobody('`test:bundlers` has the same program build and serve the app in `examples/`')

const PNPM = 'npx -y pnpm@12.21.0'

/** Every command that stands in a block of the documentation, outside of the tutorials. */
export const COMMANDS: Readonly<Record<string, CommandUse>> = {
  [`${PNPM} test`]: integration,
  [`${PNPM} build`]: integration,
  [`${PNPM} demo`]: nobody(
    'serves until it is ended; the end-to-end tests build the demo and serve it the same way',
  ),
  [`${PNPM} bench`]: nobody('takes ten minutes; check:speed runs a part of it'),
  [`${PNPM} bench --full`]: nobody('takes a hundred minutes'),
  [`${PNPM} exec vitest run packages/engine/test/error-pages.test.ts`]: integration,
  [`${PNPM} exec vitest run --mode long --project node packages/engine/test/reactive/live`]: nobody(
    'takes an hour; every run does the same with fewer steps',
  ),
  [`LIVE_SEED=1 LIVE_PATH=113:2 ${PNPM} exec vitest run --project node packages/engine/test/reactive/live-properties.test.ts`]:
    nobody('plays a failure again, and there is none'),
  [`TABS_SEED=483024497 ${PNPM} exec vitest run --project node packages/engine/test/tabs/many-tabs.test.ts`]:
    nobody('plays a failure again, and there is none'),
  [`SQLLOGICTEST=../sqllogictest/test ${PNPM} test:sqllogictest`]: nobody(
    'needs 1 GB of scripts; a sample of them in kind is part of every run',
  ),
  'ng add @datasync/angular': tutorials,
  'npm install @datasync/engine @datasync/react': tutorials,
  'npm install @datasync/engine @datasync/vue': tutorials,
  'npm install @datasync/engine @datasync/svelte': tutorials,
  'npm install @datasync/engine @datasync/react react react-dom': unpublished,
  'npm install @datasync/engine': unpublished,
  'npm install @datasync/engine @datasync/migrate': unpublished,
  'npx ng add @datasync/angular': unpublished,
  'npx @datasync/cli doctor': nobody('not published yet; its tests run it in projects of their own'),
  'cd tasks': scaffold,
  'mkdir tasks && cd tasks && npm init -y': scaffold,
  'npm create vite@latest tasks -- --template react-ts': scaffold,
  'npm create vite@latest tasks -- --template vue-ts': scaffold,
  'npm create vite@latest tasks -- --template svelte-ts': scaffold,
  'npm create vite@7 tasks -- --template vue-ts': scaffold,
  'npm create rspack@latest -- --dir tasks --template react-ts': scaffold,
  'npm create nuxt@latest tasks -- --template minimal': scaffold,
  'npx create-next-app@latest tasks --yes': scaffold,
  'npx sv create tasks --template minimal --types ts --no-add-ons --install npm': scaffold,
  'npx @angular/cli@22 new tasks --defaults': scaffold,
  'npm install -D esbuild': toolchain,
  'npm install -D parcel': toolchain,
  'npm install -D webpack webpack-cli webpack-dev-server html-webpack-plugin swc-loader @swc/core': toolchain,
  'npm run dev': toolchain,
  'npm start': toolchain,
  'node build.ts --serve': toolchain,
  'npx parcel index.html': toolchain,
  'npx webpack serve --mode development': toolchain,
  'npx sirv-cli . --dev': nobody('any server of files will do; `test:bundlers` has one of its own'),
}
