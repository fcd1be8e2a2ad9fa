import type { OpenDatabase } from '../../contender.ts'
import { verify } from '../../task.ts'
import {
  CREATE_ENTRY,
  ENTRIES_PER_MEGABYTE,
  ENTRY_COLUMNS,
  entryOf,
  isEntry,
  type Entry,
} from './start-data.ts'

/** Fills an empty database, a megabyte at a time. */
export async function fillEntries(database: OpenDatabase, megabytes: number): Promise<void> {
  if (database.kind === 'sql') await database.run(CREATE_ENTRY)
  for (let megabyte = 0; megabyte < megabytes; megabyte++) {
    const first = megabyte * ENTRIES_PER_MEGABYTE + 1
    const entries = Array.from({ length: ENTRIES_PER_MEGABYTE }, (_, index) => entryOf(first + index))
    if (database.kind === 'records') await database.putAll('entry', entries)
    else
      await database.insertRows(
        'entry',
        ENTRY_COLUMNS,
        entries.map(({ id, value, body }) => [id, value, body]),
      )
  }
}

/** What an empty database becomes and shows at the first start of an app. */
export async function firstOfNew(database: OpenDatabase): Promise<void> {
  const { id, value, body } = entryOf(1)
  if (database.kind === 'records') await database.putAll('entry', [{ id, value, body } as Entry])
  else {
    await database.run(CREATE_ENTRY)
    await database.run('insert into entry (id, value, body) values (?, ?, ?)', [id, value, body])
  }
  await readEntry(database, 1)
}

export async function readEntry(database: OpenDatabase, id: number): Promise<void> {
  const row =
    database.kind === 'records'
      ? await database.get<Entry>('entry', id)
      : (await database.query('select id, value, body from entry where id = ?', [id]))[0]
  verify(row !== undefined && isEntry({ ...row }, id), `entry ${id} is not what was written`)
}

/** Looks at all of them, and takes none of them to the page where that can be avoided. */
export async function scanEntries(database: OpenDatabase, megabytes: number): Promise<void> {
  const count = megabytes * ENTRIES_PER_MEGABYTE
  if (database.kind === 'sql') {
    const [row] = await database.query('select count(*) as count, sum(length(body)) as characters from entry')
    verify(
      Number(row?.['count']) === count && Number(row?.['characters']) === count * 1000,
      'entries are missing',
    )
    return
  }
  for (let first = 1; first <= count; first += ENTRIES_PER_MEGABYTE) {
    const entries = await database.all<Entry>('entry', first, first + ENTRIES_PER_MEGABYTE - 1)
    verify(entries.length === ENTRIES_PER_MEGABYTE, 'entries are missing')
  }
}
