import { defineConfig } from 'tsdown'

export default defineConfig({
  entry: { index: 'src/index.ts' },
  platform: 'neutral',
  target: ['chrome114', 'firefox115', 'safari17'],
  dts: true,
  // Peers stay imports: a second copy of Vue or of the engine would not see the app's own.
  deps: { neverBundle: [/^vue($|\/)/, /^@datasync\/engine($|\/)/], onlyBundle: [] },
})
