import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** What a visitor's browser downloads, minified and compressed by Brotli. */
export default [
  page('@datasync/engine, on the page', 'packages/engine/dist/index.js', { limit: '22.5 kB' }),
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
  file('the worker', 'packages/engine/dist/worker.js'),
  file('SQLite itself', 'packages/engine/dist/sqlite3.wasm'),
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
function file(name, path) {
  return { name, path, disablePlugins: ['@size-limit/esbuild'] }
}
