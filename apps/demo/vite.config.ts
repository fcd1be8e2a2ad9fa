import { join } from 'node:path'
import angular from '@analogjs/vite-plugin-angular'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import react from '@vitejs/plugin-react'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { placesPlugin } from './build/places-plugin.ts'

const page = (path: string): string => join(import.meta.dirname, path)

export default defineConfig({
  // Else the plugin of Angular turns it off for all.
  oxc: {},
  plugins: [
    react(),
    // An element that Vue does not know yet: it would take it for the variable of that name.
    vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'search' } } }),
    svelte(),
    angular({ jit: false, tsconfig: page('src/frameworks/angular/tsconfig.json') }),
    placesPlugin(),
  ],
  build: {
    target: 'es2022',
    rolldownOptions: { input: { main: page('index.html'), frameworks: page('frameworks/index.html') } },
  },
})
