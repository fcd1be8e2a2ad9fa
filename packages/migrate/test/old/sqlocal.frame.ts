import { openSqlocal } from './open-sqlocal.ts'
import { readParameters, tellFailure, tellParent } from './tell-parent.ts'

/** Uses sqlocal, and stays in the middle of that until it is killed. */
const { path, scripts } = readParameters<{ readonly path: string; readonly scripts: readonly string[] }>()

async function run(): Promise<void> {
  const old = await openSqlocal(path)
  for (const script of scripts) await old.exec(script)
}

void run().then(() => tellParent({ kind: 'ready' }), tellFailure)
