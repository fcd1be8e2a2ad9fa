import { defineConfig } from 'tsdown'
import { checkPage, checkWorker } from './build/check-output.ts'
import { trimSqliteGlue } from './build/trim-sqlite-glue.ts'

/** The floor of what the engine needs: sync access handles that are synchronous, and Web Locks. */
const TARGET = ['chrome114', 'firefox115', 'safari17']

/** What is not asked of the user's package manager, since all of it that is of use is in here. */
const BUNDLED = ['@noble/hashes', 'crc-32', 'sqlite3-parser', 'xxhash-wasm']

export default defineConfig([
  {
    // In one build, so that all entries share one DataSyncError. Not minified, so that bundlers see
    // the worker's URL as it is written.
    entry: { index: 'src/index.ts', hydration: 'src/hydration.ts', testing: 'src/testing.ts' },
    platform: 'neutral',
    inputOptions: { resolve: { mainFields: ['module', 'main'] } },
    deps: { onlyBundle: BUNDLED },
    target: TARGET,
    hash: false,
    dts: true,
    // Handles can be declared with `await using`; the types of that are not in every app's `lib`.
    banner: { dts: '/// <reference lib="esnext.disposable" />' },
    hooks: { 'build:done': (context) => checkPage(context.options.outDir) },
  },
  {
    entry: { worker: 'src/worker/entry.ts' },
    platform: 'browser',
    target: TARGET,
    dts: false,
    minify: true,
    clean: false,
    deps: { alwaysBundle: /./, onlyBundle: ['@sqlite.org/sqlite-wasm', ...BUNDLED] },
    plugins: [trimSqliteGlue()],
    outputOptions: { codeSplitting: false, footer: 'export{};' },
    copy: { from: 'node_modules/@sqlite.org/sqlite-wasm/dist/sqlite3.wasm' },
    hooks: { 'build:done': (context) => checkWorker(context.options.outDir) },
  },
])
