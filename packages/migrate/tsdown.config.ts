import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: { index: 'src/index.ts' },
  platform: 'neutral',
  target: ['chrome114', 'firefox115', 'safari17'],
  dts: true,
  // A second copy of the engine would have errors that are no DataSyncError to the app.
  deps: { neverBundle: [/^@datasync\/engine($|\/)/], onlyBundle: [] },
})
