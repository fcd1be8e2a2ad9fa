import { afterAll, describe, inject, test } from 'vitest'
import type { Database } from '../../src/handle.ts'
import type { StorageChoice } from '../../src/link/protocol.ts'
import { parseScript } from './parse-script.ts'
import { addReports, describeReport, EMPTY_REPORT } from './report.ts'
import { runScript } from './run-script.ts'
import { expectNoFailure } from './expect-no-failure.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly corpus: Corpus
  }
}

interface Corpus {
  readonly storage: StorageChoice
  readonly root: string
  /** The scripts, from the root. */
  readonly paths: readonly string[]
}

/** How scripts are read and databases are opened where the tests run. */
interface Surroundings {
  readonly read: (path: string) => Promise<string>
  readonly open: () => Promise<Database>
}

const MINUTE = 60_000

/** A test for each script of the corpus, and in the end the sum of what they report. */
export function describeCorpus({ read, open }: Surroundings): void {
  const { storage, root, paths } = inject('corpus')
  if (paths.length === 0) throw new Error('SQLLOGICTEST is to name a folder with scripts (*.test).')
  let total = EMPTY_REPORT
  afterAll(() => console.info(`${paths.length} scripts on ${storage}\n${describeReport(total)}`))

  describe(`sqllogictest on ${storage}`, () => {
    test.each(paths)('%s', { timeout: 20 * MINUTE }, async (path) => {
      const script = parseScript(await read(`${root}/${path}`))
      const report = await runScript(await open(), script)
      total = addReports(total, report)
      expectNoFailure(report)
    })
  })
}
