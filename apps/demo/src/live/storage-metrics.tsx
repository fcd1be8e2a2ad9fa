import type { ReactNode } from 'react'
import type { CacheMetrics, StorageMetrics as Metrics } from '@datasync/engine'
import { formatAmount, formatBytes, formatCount, formatMilliseconds } from '../common/format.ts'
import styles from './storage-metrics.module.css'

interface Fact {
  readonly name: string
  readonly value: string
  readonly detail: string
  readonly isBad?: boolean
}

/** What happens below the queries: how what is written becomes durable. */
export function StorageMetrics({ metrics }: { readonly metrics: Metrics | undefined }): ReactNode {
  if (metrics === undefined) return <div className={styles.facts} />
  const { syncs, failedSyncs, totalSyncMs, lastSyncMs, storedBytes, bytesPerSecond } = metrics
  const { dirtyBlocks, dirtyBytes, checksumFailures, cache } = metrics
  const succeeded = syncs - failedSyncs
  const facts: readonly Fact[] = [
    {
      name: 'Syncs',
      value: formatCount(syncs),
      detail: failedSyncs === 0 ? 'none failed' : `${formatCount(failedSyncs)} failed`,
      isBad: failedSyncs > 0,
    },
    {
      name: 'Last sync',
      value: lastSyncMs === undefined ? '–' : formatMilliseconds(lastSyncMs),
      detail: succeeded === 0 ? 'none yet' : `${formatMilliseconds(totalSyncMs / succeeded)} on average`,
    },
    { name: 'Stored', value: formatBytes(storedBytes), detail: `${formatBytes(bytesPerSecond)} per second` },
    { name: 'Waiting', value: formatBytes(dirtyBytes), detail: formatAmount(dirtyBlocks, 'block', 'blocks') },
    ...(cache === undefined ? [] : [describeCache(cache)]),
    ...(checksumFailures === undefined ? [] : [describeDamage(checksumFailures)]),
  ]
  return (
    <dl className={styles.facts} aria-label="Storage">
      {facts.map(({ name, value, detail, isBad = false }) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>
            <span className={styles.value} data-bad={isBad}>
              {value}
            </span>
            <span className={styles.detail}>{detail}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function describeDamage(failures: number): Fact {
  return {
    name: 'Damaged blocks',
    value: formatCount(failures),
    detail: 'found by checksums',
    isBad: failures > 0,
  }
}

function describeCache({ hits, reads, bytes, capacity }: CacheMetrics): Fact {
  const rate = reads === 0 ? 1 : hits / reads
  const room = Number.isFinite(capacity) ? ` of ${formatBytes(capacity)}` : ''
  return {
    name: 'Cache hits',
    value: rate.toLocaleString('en', { style: 'percent', maximumFractionDigits: 1 }),
    detail: `${formatBytes(bytes)}${room}`,
  }
}
