import { writeExpressionScript } from './expression-script.ts'
import { writeIndexScript } from './index-script.ts'
import { writeJoinScript } from './join-script.ts'
import { writeSelectScript } from './select-script.ts'
import { writeWriteScript } from './write-script.ts'

const SEED = 20_260_101

/** The scripts of the sample, by the name of their file. The same each time. */
export function generateSample(): ReadonlyMap<string, string> {
  return new Map([
    ['expression.test', writeExpressionScript(SEED)],
    ['index.test', writeIndexScript(SEED + 1)],
    ['join.test', writeJoinScript(SEED + 2)],
    ['select.test', writeSelectScript(SEED + 3)],
    ['write.test', writeWriteScript(SEED + 4)],
  ])
}
