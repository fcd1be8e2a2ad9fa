import type { RecordStore, TableShape } from '../../record-store.ts'
import { SheetModel, totalsOf } from './sheet-model.ts'
import { COLUMNS, VISIBLE_COLUMNS, VISIBLE_ROWS, type CellRecord, type Spreadsheet } from './spreadsheet.ts'

const BY_PLACE = ['sheet_row', 'sheet_column']

export const sheetTables: readonly TableShape[] = [{ name: 'cell', indexes: [BY_PLACE] }]

/** The app on records, which the page reads, changes and writes again. */
export function recordSpreadsheet(store: RecordStore): Spreadsheet {
  return {
    async fill() {
      await store.putAll('cell', new SheetModel().cells())
    },

    async edit({ row, input, more }) {
      const cells = await cellsOf(store, row, 0, COLUMNS)
      const changed = cells.map((cell) => ({
        ...cell,
        input: cell.sheet_column === 0 ? input : cell.input,
        value: cell.value + more,
      }))
      await store.putAll('cell', changed)
    },

    // An index of two properties holds all columns of a row before the next row: one range of it for each row.
    async view({ row, column }) {
      const rows = Array.from({ length: VISIBLE_ROWS }, (_, index) => row + index)
      return (await Promise.all(rows.map((each) => cellsOf(store, each, column, VISIBLE_COLUMNS)))).flat()
    },

    async totals() {
      return totalsOf(await store.all<CellRecord>('cell'))
    },
  }
}

function cellsOf(
  store: RecordStore,
  row: number,
  column: number,
  count: number,
): Promise<readonly CellRecord[]> {
  return store.range('cell', { index: BY_PLACE, from: [row, column], to: [row, column + count - 1] })
}
