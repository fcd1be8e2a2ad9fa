import { readFile } from 'node:fs/promises'
import { openTestDatabase } from '../page/open-test-database.ts'
import { describeCorpus } from './describe-corpus.ts'
import { SMALL_CACHE } from './small-cache.ts'

describeCorpus({
  read: (path) => readFile(path, 'utf8'),
  open: () => openTestDatabase({ cacheSize: SMALL_CACHE }),
})
