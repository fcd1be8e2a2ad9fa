import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import sqlocal from 'sqlocal/vite'
import { build } from 'vite'
import { FIRST_ROW_APPS, type FirstRowApp } from '../../src/first-row/first-row-apps.ts'

const SOURCES = join(import.meta.dirname, '../../src/first-row')
const BUILT = join(import.meta.dirname, '../../dist/first-row')

/** Builds each app by itself, so that none of them is split because of another. */
export async function buildApps(): Promise<void> {
  for (const app of Object.keys(FIRST_ROW_APPS) as FirstRowApp[]) await buildApp(app)
}

export function folderOf(app: FirstRowApp): string {
  return join(BUILT, app)
}

async function buildApp(app: FirstRowApp): Promise<void> {
  const root = join(BUILT, `${app}-source`)
  await mkdir(root, { recursive: true })
  await writeFile(join(root, 'index.html'), pageOf(app))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [react(), ...(app === 'sqlocal' ? [sqlocal()] : [])],
    worker: { format: 'es' },
    build: { target: 'esnext', outDir: folderOf(app), emptyOutDir: true },
  })
}

function pageOf(app: FirstRowApp): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Tasks</title>
    <script type="module" src="${join(SOURCES, `${app}.tsx`).replaceAll('\\', '/')}"></script>
  </head>
  <body>
    <div id="root"></div>
  </body>
</html>
`
}
