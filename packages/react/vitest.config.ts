import react from '@vitejs/plugin-react'
import { defineProject } from 'vitest/config'
import { browserProject } from '../../scripts/browser-project.ts'

export default defineProject(
  browserProject({
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
  }),
)
