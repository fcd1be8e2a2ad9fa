import type { RunCause, TableChange } from '@datasync/engine'

/** Why a live query ran, in a few words. */
export function describeCause(cause: RunCause): string {
  switch (cause.kind) {
    case 'subscribed':
      return 'first asked for'
    case 'refetched':
      return 'asked for again'
    case 'moved':
      return 'another page'
    case 'schema':
      return 'schema changed'
    case 'resumed':
      return 'page woke up'
    case 'imported':
      return 'database replaced'
    case 'changed':
      return cause.tables.map(describeChange).join(', ')
  }
}

/** `city.name`, or `rows of note` where whole rows came or went. */
function describeChange({ schema, table, columns }: TableChange): string {
  const name = schema === 'main' ? table : `${schema}.${table}`
  return columns === undefined ? `rows of ${name}` : columns.map((column) => `${name}.${column}`).join(', ')
}
