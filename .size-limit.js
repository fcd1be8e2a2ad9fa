/** What a visitor's browser downloads, minified and compressed by Brotli. */
export default [
  page('@datasync/engine, on the page', 'packages/engine/dist/index.js', { limit: '14 kB' }),
  page('@datasync/react', 'packages/react/dist/index.js', {
    limit: '1.5 kB',
    ignore: ['react', '@datasync/engine'],
  }),
  page('@datasync/vue', 'packages/vue/dist/index.js', {
    limit: '1.5 kB',
    ignore: ['vue', '@datasync/engine'],
  }),
  file('the worker', 'packages/engine/dist/worker.js'),
  file('SQLite itself', 'packages/engine/dist/sqlite3.wasm'),
]

function page(name, path, options) {
  return { name, path, modifyEsbuildConfig: (config) => ({ ...config, format: 'esm' }), ...options }
}

/** As it is: built, and minified if it can be, by us. */
function file(name, path) {
  return { name, path, disablePlugins: ['@size-limit/esbuild'] }
}
