import { dataSync } from '@datasync/vue'
import { createApp } from 'vue'
import App from './app.vue'
import { database } from './database.ts'

createApp(App).use(dataSync(database)).mount('#app')
