import { dataSync, useQuery } from '@datasync/vue'
import { createApp, type Ref } from 'vue'
import { database, type Task } from './engine.js'

createApp({}).use(dataSync(database))

export function useTasks(): Readonly<Ref<readonly Task[] | undefined>> {
  return useQuery<Task>('select * from task').data
}
