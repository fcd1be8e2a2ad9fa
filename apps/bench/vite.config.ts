import { join } from 'node:path'
import angular from '@analogjs/vite-plugin-angular'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import react from '@vitejs/plugin-react'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { citiesPlugin } from './build/cities-plugin.ts'

export default defineConfig({
  // Else the plugin of Angular turns it off for all.
  oxc: {},
  plugins: [
    react(),
    vue(),
    svelte(),
    angular({ jit: false, tsconfig: join(import.meta.dirname, 'src/lists/angular/tsconfig.json') }),
    citiesPlugin(),
  ],
  // absurd-sql asks for it, and there is no `process` in a browser.
  define: { 'process.env.PERF_BUILD': 'false' },
  worker: { format: 'es' },
  build: {
    target: 'esnext',
    rolldownOptions: {
      input: ['index.html', 'side-by-side.html', 'tabs.html', 'live.html'].map((page) =>
        join(import.meta.dirname, page),
      ),
    },
  },
})
