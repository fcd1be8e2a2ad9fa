import type { Signal } from '@angular/core'
import { injectQuery, provideDatabase } from '@datasync/angular'
import { database, type Task } from './engine.js'

export const providers = [provideDatabase(() => database)]
export const tasks = (): Signal<readonly Task[] | undefined> => injectQuery<Task>('select * from task').data
