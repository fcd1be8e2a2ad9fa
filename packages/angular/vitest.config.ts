import { join } from 'node:path'
import angular from '@analogjs/vite-plugin-angular'
import type { Plugin, PluginOption } from 'vite'
import { defineProject, mergeConfig } from 'vitest/config'
import { browserProject } from '../../scripts/browser-project.ts'
import { componentExamples } from '../../scripts/component-examples.ts'

// Compiled ahead of time, as in every app: without that, inputs that are signals do not work.
const plugins = (): PluginOption[] => [
  angular({ jit: false, tsconfig: join(import.meta.dirname, 'test/tsconfig.compiled.json') }),
  compileOnServers(),
]

const project = browserProject({
  name: 'angular',
  plugins,
  prebundled: [
    '@angular/common',
    '@angular/compiler',
    '@angular/core',
    '@angular/core/rxjs-interop',
    '@angular/core/testing',
    '@angular/platform-browser',
    '@angular/platform-browser/testing',
    '@testing-library/angular/zoneless',
    'rxjs',
    'tslib',
  ],
})

export default defineProject(
  mergeConfig(project, {
    plugins: [componentExamples('angular')],
    test: { setupFiles: ['test/support/set-up.ts'] },
  }),
)

/** The plugin compiles when a server starts, which Vite tells it of pages alone unless told. */
function compileOnServers(): Plugin {
  return {
    name: 'compile-on-servers',
    config: ({ environments }) => ({
      server: { perEnvironmentStartEndDuringDev: environments?.['inline'] !== undefined },
    }),
  }
}
