import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineProject, mergeConfig } from 'vitest/config'
import { browserProject } from '../../scripts/browser-project.ts'
import { componentExamples } from '../../scripts/component-examples.ts'

const project = browserProject({
  name: 'svelte',
  plugins: () => [svelte({ configFile: false })],
  prebundled: [],
})

export default defineProject(mergeConfig(project, { plugins: [componentExamples('svelte')] }))
