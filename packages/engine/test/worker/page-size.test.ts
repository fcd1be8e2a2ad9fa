import { expect, test } from 'vitest'
import { openClient } from '../support/engine-client.ts'

test.each(['none', 'incremental', 'full'] as const)(
  'pages are as large as blocks, with autoVacuum %s',
  async (autoVacuum) => {
    const client = await openClient({ autoVacuum })
    await client.exec('create table item (id)')
    expect(await client.value('pragma page_size')).toBe(4096)
    expect(await client.value('pragma auto_vacuum')).toBe({ none: 0, incremental: 2, full: 1 }[autoVacuum])
  },
)
