import { build, context, type BuildOptions } from 'esbuild'

const options: BuildOptions = {
  entryPoints: {
    main: 'src/main.tsx',
    index: 'index.html',
    worker: '@datasync/engine/worker',
    sqlite3: '@datasync/engine/sqlite3.wasm',
  },
  loader: { '.html': 'copy', '.wasm': 'copy' },
  bundle: true,
  format: 'esm',
  jsx: 'automatic',
  outdir: 'dist',
}

if (process.argv.includes('--serve')) {
  const development = await context(options)
  await development.watch()
  const { port } = await development.serve({ servedir: 'dist', port: Number(process.env['PORT'] ?? 8000) })
  console.log(`http://localhost:${port}`)
} else {
  await build({ ...options, minify: true })
}
