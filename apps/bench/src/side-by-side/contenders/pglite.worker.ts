import { PGlite } from '@electric-sql/pglite'
import { worker } from '@electric-sql/pglite/worker'

void worker({ init: ({ dataDir }) => PGlite.create(dataDir) })
