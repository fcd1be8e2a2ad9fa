import vue from '@vitejs/plugin-vue'
import { defineProject } from 'vitest/config'
import { browserProject } from '../../scripts/browser-project.ts'

export default defineProject(
  browserProject({
    name: 'vue',
    plugins: () => [vue()],
    prebundled: ['@testing-library/vue', '@vue/server-renderer', 'vue'],
  }),
)
