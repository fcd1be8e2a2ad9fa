import { createDatabase } from '@datasync/engine'
import { expect, onTestFinished, test } from 'vitest'
import { importFromAbsurdSql } from '../src/index.ts'
import { openAbsurdSql } from './old/open-absurd-sql.ts'
import { freshName } from './old/open-database.ts'
import { openFrame } from './old/open-frame.ts'
import { ask, expectAnswers, largeScript } from './old/shop.ts'

const QUESTIONS = ['select * from large order by id']

test('an import that is killed anywhere leaves nothing or all of it, and is done by the next', async () => {
  const old = `${freshName('absurd')}.sqlite`
  const library = await openAbsurdSql(`/sql/${old}`)
  onTestFinished(() => void indexedDB.deleteDatabase(old))
  await library.exec('pragma journal_mode = memory')
  await library.exec(largeScript(6))
  const answers = await ask(library, QUESTIONS)
  await library.close()

  for (const part of [0.1, 0.5, 0.9, 1]) {
    const name = freshName('killed')
    const frame = openFrame(new URL('old/import.frame.ts', import.meta.url), { name, old })
    // At 1, all is read, and on its way to be taken over.
    await frame.until(({ bytes = 0, totalBytes = Infinity }) => bytes >= part * totalBytes)
    frame.kill()
    const db = createDatabase(name, { storage: 'opfs' })
    onTestFinished(() => db.delete())

    const tables = await db.query('select name from sqlite_schema order by name')
    const { status } = await importFromAbsurdSql(db, old)

    expect(status).toBe(tables.length === 0 ? 'imported' : 'already-imported')
    await expectAnswers(db, QUESTIONS, answers)
    expect(await db.get('pragma integrity_check')).toEqual({ integrity_check: 'ok' })
  }
})
