import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { placesPlugin } from './build/places-plugin.ts'

export default defineConfig({
  plugins: [react(), placesPlugin()],
})
