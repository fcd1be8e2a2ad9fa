import type { Measures } from '../../task.ts'
import { expectRows, expectTotals } from '../expect-rows.ts'
import { timeSteps } from '../time-steps.ts'
import { SheetModel } from './sheet-model.ts'
import { editSteps, scrollSteps, viewportAround } from './sheet-steps.ts'
import type { CellRecord, Spreadsheet } from './spreadsheet.ts'

export async function measureSpreadsheet(spreadsheet: Spreadsheet): Promise<Measures> {
  const model = new SheetModel()
  await spreadsheet.fill()
  return {
    'spreadsheet-edit': await timeSteps(
      editSteps(),
      async (edit) => {
        await spreadsheet.edit(edit)
        return spreadsheet.view(viewportAround(edit.row))
      },
      (found, { row, input }) => {
        model.setFirstInput(row, input)
        expectCells(found, model.view(viewportAround(row)))
      },
    ),
    'spreadsheet-scroll': await timeSteps(
      scrollSteps,
      (viewport) => spreadsheet.view(viewport),
      (found, viewport) => expectCells(found, model.view(viewport)),
    ),
  }
}

/** Fails unless every edit is there once, with all that depends on it. */
export async function verifySpreadsheet(spreadsheet: Spreadsheet): Promise<void> {
  const model = new SheetModel()
  for (const { row, input } of editSteps()) model.setFirstInput(row, input)
  expectTotals(await spreadsheet.totals(), model.totals(), 'the spreadsheet')
}

function expectCells(found: readonly CellRecord[], expected: readonly CellRecord[]): void {
  expectRows(found, expected, ['id', 'sheet_row', 'sheet_column', 'input', 'value'], 'cells')
}
