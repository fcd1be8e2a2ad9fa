import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { QueryExplanation, SqlParameters, TableTracking, Tracking } from '@datasync/engine'
import { useDatabase } from '@datasync/react'
import styles from './live-panel.module.css'

const WORDS: Readonly<Record<Tracking, string>> = {
  everything: 'runs after every commit',
  table: 'by table',
  column: 'by column',
  predicate: 'by row',
  incremental: 'by changed rows alone',
}

/** How finely it is told which commits matter to a query, and what keeps it from being told more finely. */
export function LiveQueryTracking({
  sql,
  parameters,
}: {
  readonly sql: string
  readonly parameters: SqlParameters
}): ReactNode {
  const database = useDatabase()
  const [explanation, setExplanation] = useState<QueryExplanation>()
  useEffect(() => {
    let isWanted = true
    // A query that cannot be explained now shows nothing here: why it fails is shown beside it.
    void database
      .observe(sql, parameters)
      .explain()
      .then((told) => isWanted && setExplanation(told))
      .catch(() => undefined)
    return () => {
      isWanted = false
    }
  }, [database, sql, parameters])
  if (explanation === undefined) return null
  const { tables, limit } = explanation
  return (
    <ul className={styles.tracking}>
      {limit === undefined ? null : <li>{limit}</li>}
      {tables.map((table) => (
        <li key={`${table.schema}.${table.table}`}>
          <strong>{table.table}</strong> {WORDS[table.tracking]}
          <span className={styles.limit}>{detailOf(table)}</span>
        </li>
      ))}
    </ul>
  )
}

function detailOf({ conditions, limit }: TableTracking): string {
  return conditions.length > 0 ? ` ${conditions.join(' and ')}` : limit === undefined ? '' : ` ${limit}`
}
