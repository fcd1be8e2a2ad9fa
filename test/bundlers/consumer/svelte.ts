import { createQuery, queryStore } from '@datasync/svelte'
import { get } from 'svelte/store'
import type { Task } from './engine.js'

export const tasks = (): readonly Task[] | undefined => createQuery<Task>('select * from task').data
export const stored = (): readonly Task[] | undefined => get(queryStore<Task>('select * from task')).data
