import type { Statement } from '@datasync/engine'

export function setFavourite(cityId: number, favourite: boolean): Statement {
  return {
    sql: favourite
      ? 'insert or ignore into favourite (city_id) values (?)'
      : 'delete from favourite where city_id = ?',
    parameters: [cityId],
  }
}

/** An empty note is none. */
export function setNote(cityId: number, body: string): Statement {
  const text = body.trim()
  if (text === '') return { sql: 'delete from note where city_id = ?', parameters: [cityId] }
  return {
    sql: `insert into note (city_id, body) values (?, ?)
      on conflict (city_id) do update set body = excluded.body, changed_at = current_timestamp`,
    parameters: [cityId, text],
  }
}
