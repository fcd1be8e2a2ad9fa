import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { defineProject } from 'vitest/config'
import { browserProject } from '../../scripts/browser-project.ts'

const ROOT = process.env.SVELTE_ROOT
const { compile, compileModule, VERSION } = await import(`${ROOT}/node_modules/svelte/src/compiler/index.js`)
console.log('svelte', VERSION)
const PKG = JSON.parse(readFileSync(`${ROOT}/node_modules/svelte/package.json`, 'utf8'))
const strip = (code) => ts.transpileModule(code, { compilerOptions: { target: 'esnext', module: 'esnext', verbatimModuleSyntax: true } }).outputText
const plugin = () => ({
  name: 'min-svelte',
  enforce: 'pre',
  resolveId(id) {
    if (id !== 'svelte' && !id.startsWith('svelte/')) return
    const pick = (entry) => typeof entry === 'string' ? entry : pick(entry.browser ?? entry.default)
    const entry = PKG.exports['.' + id.slice(6)]
    if (entry) return `${ROOT}/node_modules/svelte/${pick(entry)}`
  },
  load(id) {
    const file = id.split('?')[0]
    if (file.endsWith('.svelte')) {
      return compile(readFileSync(file, 'utf8'), { filename: file, generate: 'client', dev: true, css: 'injected' }).js.code
    }
    if (file.endsWith('.svelte.js')) return compileModule(readFileSync(file, 'utf8'), { filename: file, generate: 'client', dev: true }).js.code
    if (/\.svelte\.([^/]+\.)?ts$/.test(file)) {
      return compileModule(strip(readFileSync(file, 'utf8')), { filename: file.replace(/ts$/, 'js'), generate: 'client', dev: true }).js.code
    }
  },
})
const project = browserProject({ name: 'svelte', plugins: () => [plugin()], prebundled: ['@testing-library/svelte > @testing-library/dom'] })
project.optimizeDeps.exclude.push('svelte', '@testing-library/svelte', '@testing-library/svelte-core')
project.server = { ...project.server, fs: { strict: false } }
project.resolve = { conditions: ['svelte', 'browser', 'module', 'development'] }
project.cacheDir = '/tmp/sv540/cache'
export default defineProject(project)
