import { describe, expect, test } from 'vitest'
import { openClient } from '../support/engine-client.ts'
import { OPEN_DEFAULTS } from '../support/open-defaults.ts'

const OTHER = { name: 'other', schema: 'other' }

describe.each(['strict', 'relaxed'] as const)('under %s durability', (durability) => {
  test('what was written to an attached database just before it was detached is kept', async () => {
    const client = await openClient({ durability, sync: { ...OPEN_DEFAULTS.sync, interval: 60_000 } })
    await client.request('attach', OTHER)
    await client.exec('create table other.item (text)')
    const insert = {
      sql: "insert into other.item values ('kept')",
      transaction: undefined,
      timeout: undefined,
    }
    await Promise.all(
      client.send({ type: 'script', payload: insert }, { type: 'detach', payload: { schema: 'other' } }),
    )
    await client.request('attach', OTHER)
    expect(await client.query('select text from other.item')).toEqual([{ text: 'kept' }])
    expect(await client.value('pragma other.integrity_check')).toBe('ok')
  })
})
