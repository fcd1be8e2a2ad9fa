export default defineNuxtConfig({
  compatibilityDate: '2026-11-01',
  app: { head: { title: 'Tasks', htmlAttrs: { lang: 'en' } } },
})
