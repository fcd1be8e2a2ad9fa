import { defineConfig } from 'tsdown'

// The schematics alone: the library is built by ng-packagr, before this, since it empties the folder.
export default defineConfig({
  entry: { 'ng-add': 'schematics/ng-add.ts' },
  outDir: 'dist/schematics',
  // The Angular CLI evaluates them as scripts, with a `require` that gives them its own schematics.
  format: 'cjs',
  platform: 'node',
  target: 'node22',
  dts: false,
  deps: { neverBundle: [/^@schematics\/angular/, /^@angular-devkit\//], onlyBundle: [] },
  copy: ['schematics/collection.json', 'schematics/ng-add.schema.json'],
})
