import type { Contender } from './contender.ts'
import { datasyncLive } from './datasync.ts'
import { dexieLive } from './dexie.ts'
import { pgliteLive } from './pglite.ts'
import { sqlocalLive } from './sqlocal.ts'
import { tanstackLive } from './tanstack.ts'

export const contenders: readonly Contender[] = [
  datasyncLive('opfs'),
  datasyncLive('indexeddb'),
  sqlocalLive,
  pgliteLive('query'),
  pgliteLive('incrementalQuery'),
  dexieLive,
  tanstackLive('own collections'),
  tanstackLive('hooks'),
]
