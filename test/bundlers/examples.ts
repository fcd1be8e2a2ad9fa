/** An app below `examples/`, and what has to be known to serve it. */
export interface Example {
  readonly name: string
  /** Where its build puts what browsers load. */
  readonly output: string
  /** The script that serves what was built. Without one, any server can serve it, with a strict policy. */
  readonly serve?: 'preview' | 'start'
  /** There is nothing to build: a browser takes the packages as they are. */
  readonly isBuilt?: false
  /** Types are checked as it is built, or there are none. */
  readonly hasTypes?: false
}

export const EXAMPLES: readonly Example[] = [
  { name: 'vite-react', output: 'dist' },
  { name: 'vite-vue', output: 'dist' },
  { name: 'vite-svelte', output: 'dist' },
  { name: 'vite-7-vue', output: 'dist' },
  { name: 'webpack-react', output: 'dist' },
  { name: 'rspack-react', output: 'dist' },
  { name: 'parcel-react', output: 'dist' },
  { name: 'esbuild-react', output: 'dist' },
  { name: 'angular', output: 'dist/browser', hasTypes: false },
  { name: 'next', output: '.next/static', serve: 'start', hasTypes: false },
  { name: 'nuxt', output: '.output/public', serve: 'preview', hasTypes: false },
  { name: 'sveltekit', output: 'build/client', serve: 'preview' },
  {
    name: 'import-map',
    output: 'node_modules/@datasync/engine/dist',
    serve: 'start',
    isBuilt: false,
    hasTypes: false,
  },
]
