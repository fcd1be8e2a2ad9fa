import { createDatabase } from '@datasync/engine'
import { median, moreThan, type Ratio } from '../ratio.ts'
import { startStock } from '../workers/start.ts'
import { ALTERNATIONS, COMMITS, CREATE_TABLE, INSERT_ONE } from '../workload.ts'

/** Calls that a page makes at once: their commits share a flush, and each is a transaction of its own. */
const AT_ONCE = 32

/** Durable commits as a page has them made, one call after the other and many at once. */
export async function comparePageCommits(): Promise<readonly Ratio[]> {
  const stock: number[] = []
  const single: number[] = []
  const grouped: number[] = []
  await using database = createDatabase('bench-page-commits', { storage: 'opfs' })
  await database.exec(CREATE_TABLE)
  for (let i = 0; i < ALTERNATIONS; i++) {
    stock.push(await stockRate())
    single.push(await commitRate(1))
    grouped.push(await commitRate(AT_ONCE))
  }
  return [
    moreThan(
      'the same from the page, one by one',
      median(single),
      'opfs-sahpool in its worker',
      median(stock),
    ),
    moreThan(
      `the same from the page, ${AT_ONCE} calls at once`,
      median(grouped),
      'opfs-sahpool in its worker',
      median(stock),
    ),
  ]

  async function commitRate(atOnce: number): Promise<number> {
    const start = performance.now()
    for (let i = 0; i < COMMITS; i += atOnce) {
      await Promise.all(Array.from({ length: atOnce }, () => database.run(INSERT_ONE)))
    }
    return (COMMITS / (performance.now() - start)) * 1000
  }
}

async function stockRate(): Promise<number> {
  const stock = startStock()
  await stock.call('open')
  const rate = await stock.call('commitRate')
  stock.end()
  return rate
}
