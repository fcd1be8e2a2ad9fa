export default defineNuxtConfig({
  compatibilityDate: '2026-11-01',
  vite: { optimizeDeps: { include: ['@datasync/engine', '@datasync/vue'] } },
  app: { head: { title: 'Tasks', htmlAttrs: { lang: 'en' } } },
})
