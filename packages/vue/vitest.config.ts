import { defineProject } from 'vitest/config'
import { browserProject } from '../../scripts/browser-project.ts'

export default defineProject(browserProject({ name: 'vue', prebundled: ['@testing-library/vue', 'vue'] }))
