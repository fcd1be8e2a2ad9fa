import { DatabaseProvider } from '@datasync/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { database } from '../../data/database.ts'
import { Pane } from './pane.tsx'

export function mount(element: HTMLElement): void {
  createRoot(element).render(
    <StrictMode>
      <DatabaseProvider database={database}>
        <Pane />
      </DatabaseProvider>
    </StrictMode>,
  )
}
