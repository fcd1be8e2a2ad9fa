import { join } from 'node:path'
import angular from '@analogjs/vite-plugin-angular'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import react from '@vitejs/plugin-react'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  // Else the plugin of Angular turns it off for all.
  oxc: {},
  plugins: [
    react(),
    vue(),
    svelte(),
    angular({ jit: false, tsconfig: join(import.meta.dirname, 'src/lists/angular/tsconfig.json') }),
  ],
  worker: { format: 'es' },
  build: { target: 'esnext' },
})
