import { dataSync } from '@datasync/vue'
import { database } from '../database'

export default defineNuxtPlugin(({ vueApp }) => {
  vueApp.use(dataSync(database))
})
