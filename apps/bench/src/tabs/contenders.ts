import type { Contender } from './contender.ts'
import { datasyncTabs } from './datasync.ts'
import { pgliteTabs } from './pglite.ts'
import { sqlocalTabs } from './sqlocal.ts'

export const contenders: readonly Contender[] = [
  datasyncTabs('opfs'),
  datasyncTabs('indexeddb'),
  sqlocalTabs,
  pgliteTabs('idb'),
  pgliteTabs('opfs-ahp'),
]
