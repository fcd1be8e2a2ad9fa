/** What the foot of every pane counts. */
export interface ChangeTotals {
  readonly notes: number
  readonly favourites: number
}

export const CHANGE_TOTALS: string =
  '/* Changes */ select (select count(*) from note) as notes, (select count(*) from favourite) as favourites'
