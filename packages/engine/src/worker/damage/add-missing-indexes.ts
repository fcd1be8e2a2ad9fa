import type { Connection } from '../sqlite/connection.ts'
import { quote } from '../sqlite/quote.ts'
import { PAUSE, type SlicedTask } from './sliced-task.ts'

/**
 * Enters the indexes that SQLite keeps for UNIQUE and PRIMARY KEY, where their definitions are lost and that
 * of the table is not. What is in them does not matter yet. The schema has to be read anew afterwards.
 */
export function* addMissingIndexes(connection: Connection): SlicedTask<void> {
  yield* connection.command('pragma writable_schema = on')
  const missing = yield* connection.command(`
    select t.name, l.name, (select name from pragma_table_info(t.name) limit 1)
    from sqlite_schema t join pragma_index_list(t.name) l
    where t.type = 'table' and t.rootpage > 0 and l.origin in ('u', 'pk')
      and not exists (select 1 from sqlite_schema i where i.type = 'index' and i.name = l.name)
      and not (l.origin = 'pk' and exists (select 1 from pragma_table_list(t.name) where wr))`)
  for (const [table, index, column] of missing) {
    yield PAUSE
    const stand = quote(`datasync stands for ${String(index)}`)
    yield* connection.command(
      `create index main.${stand} on ${quote(String(table))} (${quote(String(column))})`,
    )
    yield* connection.command('update sqlite_schema set name = ?, sql = null where name = ?', [
      index ?? null,
      `datasync stands for ${String(index)}`,
    ])
  }
  yield* connection.command('pragma writable_schema = off')
}
