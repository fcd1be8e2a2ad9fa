import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineProject } from 'vitest/config'
import { browserProject } from '../../scripts/browser-project.ts'

export default defineProject(
  browserProject({ name: 'svelte', plugins: () => [svelte({ configFile: false })], prebundled: [] }),
)
