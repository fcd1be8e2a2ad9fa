import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { extent } from '../support/extent.ts'
import { readSalvaged } from './read-salvaged.ts'
import { openBytes } from './open-bytes.ts'
import { makeShop } from './shop.ts'
import { closeStored, connectStored, damageBlocks, useFakeIndexedDb } from './stored-database.ts'

beforeEach(useFakeIndexedDb)

const { numRuns, interruptAfterTimeLimit } = extent(25, { normal: 20, long: 300 })

test(
  'whatever is damaged, what is salvaged was there, and has all rows on pages that are whole',
  { timeout: 600_000 },
  async () => {
    const places = fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 12 })
    const rows = fc.integer({ min: 1, max: 1200 })
    await fc.assert(
      fc.asyncProperty(rows, places, async (count, drawn) => {
        const shop = await makeShop(count)
        const pageCount = shop.file.length / 4096
        // Nothing can be found without the first page.
        const blocks = [...new Set(drawn.map((place) => 1 + (place % (pageCount - 1))))]
        await damageBlocks(shop.name, blocks)
        const { client, opened } = connectStored(shop.name)
        await opened
        const verified = await client.request('verify', { full: true })
        expect(verified.badBlocks.map(({ block }) => block)).toEqual(blocks.toSorted((a, b) => a - b))

        const report = await client.request('salvage', null)
        const bytes = await readSalvaged(client)
        const found = openBytes(bytes)
        const original = openBytes(shop.file)
        expect(found.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }])
        for (const table of ['item', 'price', 'log', 'note']) {
          const select = `select * from ${table}`
          const all = new Set(
            original
              .prepare(select)
              .all()
              .map((row) => JSON.stringify(row)),
          )
          const rowsFound = found
            .prepare(select)
            .all()
            .map((row) => JSON.stringify(row))
          expect(rowsFound.every((row) => all.has(row))).toBe(true)
          expect(report.tables.find(({ name }) => name === table)?.rows).toBe(rowsFound.length)
        }
        const lost = new Set(blocks.flatMap((block) => [...(shop.items.get(block + 1) ?? [])]).map(Number))
        const ids = original
          .prepare('select id from item')
          .all()
          .map(({ id }) => Number(id))
        expect(
          found
            .prepare('select id from item')
            .all()
            .map(({ id }) => Number(id)),
        ).toEqual(ids.filter((id) => !lost.has(id)))

        const repaired = await client.request('repair', null)
        const isRowLost = verified.badBlocks.some(
          ({ owner }) => owner === undefined || owner.kind === 'table',
        )
        if (!isRowLost) expect(repaired).toMatchObject({ ok: true })
        if (repaired.ok) expect(await client.value('select count(*) from item')).toBe(count)
        const after = await client.request('verify', { full: true })
        expect(after.badBlocks).toEqual(repaired.remaining)
        await closeStored(client)
      }),
      { numRuns, interruptAfterTimeLimit },
    )
  },
)
