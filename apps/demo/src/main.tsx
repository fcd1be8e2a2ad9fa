import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { importer } from './import/importer.ts'
import './styles/tokens.css'
import './styles/base.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has lost its root element.')

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
importer.follow()
