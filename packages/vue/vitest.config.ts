import vue from '@vitejs/plugin-vue'
import { defineProject, mergeConfig } from 'vitest/config'
import { browserProject } from '../../scripts/browser-project.ts'
import { componentExamples } from '../../scripts/component-examples.ts'

const project = browserProject({
  name: 'vue',
  plugins: () => [vue()],
  prebundled: ['@testing-library/vue', '@vue/server-renderer', 'vue'],
})

export default defineProject(mergeConfig(project, { plugins: [componentExamples('vue')] }))
