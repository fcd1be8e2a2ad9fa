import { copyFileSync } from 'node:fs'
import { join } from 'node:path'

// Runs in the folder of a package that is about to be packed: each tarball carries the licences itself.
for (const file of ['LICENSE', 'LICENSE-MIT', 'LICENSE-APACHE']) {
  copyFileSync(join(import.meta.dirname, '..', file), file)
}
