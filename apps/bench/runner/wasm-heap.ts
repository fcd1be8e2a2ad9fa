import type { CDPSession } from 'playwright'

/** Enough for the events of workers that are there already. */
const ATTACH_MS = 500
/** A worker that waits in shared memory answers nobody. Those are bridges, without a memory of their own. */
const ANSWER_MS = 5000

const SUM_MEMORIES = `function () {
  return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0)
}`

interface Answer {
  readonly id?: number
  readonly result?: {
    readonly result?: { readonly objectId?: string; readonly value?: unknown }
    readonly objects?: { readonly objectId: string }
  }
}

/**
 * Bytes of all memories of WebAssembly in the workers of a page. They are looked for in the heap of
 * each worker by the debugger, so that nobody's worker has to be made to tell.
 */
export async function measureWasmHeap(page: CDPSession): Promise<number> {
  const workers: string[] = []
  page.on('Target.attachedToTarget', ({ sessionId }) => void workers.push(sessionId))
  await page.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  })
  await new Promise((resolve) => setTimeout(resolve, ATTACH_MS))
  const sums: number[] = []
  for (const worker of workers) {
    const isWaiting = new Promise<undefined>((resolve) => setTimeout(resolve, ANSWER_MS, undefined))
    const sum = await Promise.race([sumMemories(page, worker), isWaiting])
    if (sum !== undefined) sums.push(sum)
  }
  if (workers.length > 0 && sums.length === 0) throw new Error('no worker answers the debugger')
  return sums.reduce((all, sum) => all + sum, 0)
}

async function sumMemories(page: CDPSession, worker: string): Promise<number> {
  const prototype = await ask(page, worker, 'Runtime.evaluate', {
    expression: 'WebAssembly.Memory.prototype',
  })
  const found = await ask(page, worker, 'Runtime.queryObjects', {
    prototypeObjectId: prototype.result?.result?.objectId,
  })
  const sum = await ask(page, worker, 'Runtime.callFunctionOn', {
    objectId: found.result?.objects?.objectId,
    functionDeclaration: SUM_MEMORIES,
    returnByValue: true,
  })
  return Number(sum.result?.result?.value)
}

let lastId = 0

/** The session of a worker is spoken to through that of its page. */
function ask(page: CDPSession, worker: string, method: string, params: object): Promise<Answer> {
  const id = ++lastId
  return new Promise((resolve, reject) => {
    const receive = ({ sessionId, message }: { sessionId: string; message: string }): void => {
      if (sessionId !== worker) return
      const answer = JSON.parse(message) as Answer
      if (answer.id !== id) return
      page.off('Target.receivedMessageFromTarget', receive)
      resolve(answer)
    }
    page.on('Target.receivedMessageFromTarget', receive)
    page
      .send('Target.sendMessageToTarget', {
        sessionId: worker,
        message: JSON.stringify({ id, method, params }),
      })
      .catch(reject)
  })
}
