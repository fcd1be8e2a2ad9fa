import { defineProject } from 'vitest/config'
import { browserProject } from '../../scripts/browser-project.ts'
import { examplesPlugin } from './examples/examples-plugin.ts'

/** What the documentation shows, run in a browser. */
export default defineProject(
  browserProject({
    name: 'examples',
    folder: 'apps/site',
    plugins: () => [examplesPlugin()],
    prebundled: [],
    include: ['examples/**/*.browser.test.ts'],
  }),
)
