import type { SqlSession } from '../../sql-session.ts'
import { SheetModel } from './sheet-model.ts'
import { VISIBLE_COLUMNS, VISIBLE_ROWS, type CellRecord, type Spreadsheet } from './spreadsheet.ts'

const CREATE: readonly string[] = [
  `create table cell (
    id integer primary key, sheet_row integer not null, sheet_column integer not null, input integer not null,
    value integer not null
  )`,
  'create index cell_by_place on cell (sheet_row, sheet_column)',
]
const UPDATE_INPUT = 'update cell set input = ? where sheet_row = ? and sheet_column = 0'
const UPDATE_VALUES = 'update cell set value = value + ? where sheet_row = ?'
const SELECT_VIEWPORT = `
  select id, sheet_row, sheet_column, input, value from cell
  where sheet_row between ? and ? and sheet_column between ? and ?
  order by sheet_row, sheet_column`
const SELECT_TOTALS = `
  select count(*) as cells, sum(input) as inputs, sum(value) as cell_values,
    sum(value * sheet_row) as values_by_row
  from cell`

/** The app on a table, in which one statement changes all that depends on an input. */
export function sqlSpreadsheet(session: SqlSession): Spreadsheet {
  return {
    async fill() {
      await session.script(CREATE, 'one')
      const columns = ['id', 'sheet_row', 'sheet_column', 'input', 'value']
      const rows = new SheetModel()
        .cells()
        .map((cell) => [cell.id, cell.sheet_row, cell.sheet_column, cell.input, cell.value])
      await session.insertRows('cell', columns, rows)
    },

    edit: ({ row, input, more }) =>
      session.batch([
        { sql: UPDATE_INPUT, parameters: [input, row] },
        { sql: UPDATE_VALUES, parameters: [more, row] },
      ]),

    async view({ row, column }) {
      const bounds = [row, row + VISIBLE_ROWS - 1, column, column + VISIBLE_COLUMNS - 1]
      return (await session.query(SELECT_VIEWPORT, bounds)) as unknown as readonly CellRecord[]
    },

    async totals() {
      const [row] = await session.query(SELECT_TOTALS)
      return {
        cells: Number(row?.['cells']),
        inputs: Number(row?.['inputs']),
        values: Number(row?.['cell_values']),
        valuesByRow: Number(row?.['values_by_row']),
      }
    },
  }
}
