import { useState } from 'react'
import type { ReactNode } from 'react'
import type { LiveQueryReport } from '@datasync/engine'
import { formatCount, formatMilliseconds } from '../common/format.ts'
import { describeCause } from './describe-cause.ts'
import { LiveQueryTracking } from './live-query-tracking.tsx'
import { querySql, queryTitle } from './query-title.ts'
import styles from './live-panel.module.css'

export function LiveQueryRow({ report }: { readonly report: LiveQueryReport }): ReactNode {
  const { sql, parameters, runs, totalMs, lastRun } = report
  const [firstRuns] = useState(runs)
  const [isOpen, setIsOpen] = useState(false)
  return (
    <tr>
      <th scope="row" aria-label={queryTitle(sql)}>
        <div className={styles.query}>
          <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
            <summary>{queryTitle(sql)}</summary>
            <code className={styles.sql}>{querySql(sql)}</code>
            {isOpen ? <LiveQueryTracking sql={sql} parameters={parameters} /> : null}
          </details>
          <span className={styles.parameters}>{describeParameters(parameters)}</span>
        </div>
      </th>
      <td>
        {/* Another key is another element, whose animation begins anew. */}
        <span key={runs} className={styles.runs} data-ran={runs !== firstRuns}>
          {formatCount(runs)}
        </span>
      </td>
      <td>{lastRun === undefined ? '' : formatCount(lastRun.rowCount)}</td>
      <td>{lastRun === undefined ? '' : formatMilliseconds(lastRun.durationMs)}</td>
      <td>{runs === 0 ? '' : formatMilliseconds(totalMs / runs)}</td>
      <td>
        {lastRun === undefined ? '' : describeCause(lastRun.cause)}
        {lastRun?.changed === false ? <span className={styles.same}> same result</span> : null}
      </td>
    </tr>
  )
}

function describeParameters(parameters: LiveQueryReport['parameters']): string {
  return Object.values(parameters).map(String).join(' · ')
}
