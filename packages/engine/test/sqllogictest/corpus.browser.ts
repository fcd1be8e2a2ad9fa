import { inject, onTestFinished } from 'vitest'
import { commands } from 'vitest/browser'
import { describeCorpus } from './describe-corpus.ts'
import { openStoredDatabase } from './open-stored-database.ts'

describeCorpus({
  read: (path) => commands.readFile(path),
  open: async () => {
    const db = await openStoredDatabase(inject('corpus').storage)
    onTestFinished(() => db.delete())
    return db
  },
})
