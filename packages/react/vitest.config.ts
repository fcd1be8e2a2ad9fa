import react from '@vitejs/plugin-react'
import { defineProject, mergeConfig } from 'vitest/config'
import { browserProject } from '../../scripts/browser-project.ts'
import { componentExamples } from '../../scripts/component-examples.ts'

const project = browserProject({
  name: 'react',
  plugins: () => [react()],
  prebundled: [
    'fast-check',
    '@testing-library/react',
    'react',
    'react-dom',
    'react-dom/client',
    'react-dom/server',
    'react/jsx-dev-runtime',
    'react/jsx-runtime',
  ],
})

export default defineProject(mergeConfig(project, { plugins: [componentExamples('react')] }))
