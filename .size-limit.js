import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** What a visitor's browser downloads, minified and compressed by Brotli. */
export default [
  page('@datasync/engine, on the page', 'packages/engine/dist/index.js', { limit: '23.5 kB' }),
  page('the doctor, when something is wrong', 'packages/engine/dist/doctor.js', {
    limit: '5 kB',
    ignore: ['./shared-database.js'],
  }),
  page('@datasync/engine/hydration', 'packages/engine/dist/hydration.js', {
    limit: '5 kB',
    ignore: ['./shared-database.js'],
  }),
  page('@datasync/migrate', 'packages/migrate/dist/index.js', {
    limit: '5 kB',
    ignore: ['@datasync/engine'],
  }),
  adapter('@datasync/react', 'packages/react/dist/index.js', ['react']),
  adapter('@datasync/vue', 'packages/vue/dist/index.js', ['vue']),
  adapter('@datasync/svelte', 'packages/svelte/dist/index.js', [
    'svelte',
    'svelte/reactivity',
    'svelte/store',
  ]),
  adapter('@datasync/angular', 'packages/angular/dist/fesm2022/datasync-angular.mjs', [
    '@angular/core',
    '@angular/common',
    'rxjs',
  ]),
  file('@datasync/engine/worker', 'packages/engine/dist/worker.js', '125 kB'),
  file('@datasync/engine/sqlite3.wasm', 'packages/engine/dist/sqlite3.wasm', '360 kB'),
  // No visitor downloads it. It is watched for what it should not have in it.
  page('@datasync/engine/testing', 'packages/engine/dist/testing.js', {
    limit: '220 kB',
    ignore: ['@sqlite.org/sqlite-wasm'],
  }),
]

function adapter(name, path, peers) {
  return page(name, path, { limit: '1.5 kB', ignore: [...peers, '@datasync/engine'] })
}

function page(name, path, options) {
  return {
    name,
    path,
    modifyEsbuildConfig: (config) => ({
      ...config,
      format: 'esm',
      // What is loaded only when it is needed is measured by itself.
      external: [...(config.external ?? []), './doctor.js'],
      conditions: ['browser'],
      plugins: [...(config.plugins ?? []), compileRunes, leaveOutWhatIsLoadedLater],
    }),
    ...options,
  }
}

/** Runes reach apps as they are written, and are compiled there. */
const compileRunes = {
  name: 'compile-runes',
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte\.js$/ }, async ({ path }) => {
      const { compileModule } = createRequire(path)('svelte/compiler')
      return { contents: compileModule(readFileSync(path, 'utf8'), { filename: path }).js.code }
    })
  },
}

/** Bundlers make a file of its own of what is imported by a call. */
const leaveOutWhatIsLoadedLater = {
  name: 'leave-out-what-is-loaded-later',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    )
  },
}

/** As it is: built, and minified if it can be, by us. */
function file(name, path, limit) {
  return { name, path, limit, disablePlugins: ['@size-limit/esbuild'] }
}
