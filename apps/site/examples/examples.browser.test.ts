import { afterEach, describe, expect, test } from 'vitest'
import { examples } from 'virtual:examples'
import { deleteDatabases, give } from './given.ts'

describe.each(Object.entries(Object.groupBy(examples, ({ page }) => page)))('%s', (_, onPage = []) => {
  let databases: readonly string[] = []
  afterEach(() => deleteDatabases(databases))

  test.each(onPage)('does what line $line says', async (example) => {
    databases = example.databases
    await example.run(await give(example.given, example.databases), (actual, expected) =>
      expect(actual).toEqual(expected),
    )
  })
})
