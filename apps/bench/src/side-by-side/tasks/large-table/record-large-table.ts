import type { RecordStore } from '../../record-store.ts'
import { LargeAnswers, pairOf, type Pair } from './large-data.ts'
import type { LargeTable } from './large-table.ts'

/** Few enough that a page has room for them, many enough that the calls cost little. */
const WRITTEN_TOGETHER = 50_000
const READ_TOGETHER = 20_000

/** The page adds up what SQL would. */
export function recordLargeTable(store: RecordStore): LargeTable {
  const fold = async (
    rows: number,
    add: (answers: LargeAnswers, pair: Pair) => void,
  ): Promise<LargeAnswers> => {
    const answers = new LargeAnswers()
    for (let first = 1; first <= rows; first += READ_TOGETHER) {
      for (const pair of await store.all<Pair>('kv', first, first + READ_TOGETHER - 1)) add(answers, pair)
    }
    return answers
  }
  return {
    async fill(rows) {
      for (let first = 1; first <= rows; first += WRITTEN_TOGETHER) {
        const count = Math.min(WRITTEN_TOGETHER, rows - first + 1)
        await store.putAll(
          'kv',
          Array.from({ length: count }, (_, index) => pairOf(first + index)),
        )
      }
    },
    makeIndex: undefined,
    sum: async (rows) => (await fold(rows, (answers, pair) => answers.addValue(pair))).sum,
    async keys(first, count) {
      return (await store.all<Pair>('kv', first, first + count - 1)).map(({ key }) => key)
    },
    async range(from, to) {
      // The index has them by itself.
      const ids = await store.ids('kv', { index: 'bucket', from, to })
      return { count: ids.length, ids: ids.reduce((sum, id) => sum + id, 0) }
    },
    countSought: async (_, rows) => (await fold(rows, (answers, pair) => answers.addSought(pair))).sought,
    groups: async (rows) => (await fold(rows, (answers, pair) => answers.addToGroup(pair))).groups,
    count: () => store.count('kv'),
  }
}
