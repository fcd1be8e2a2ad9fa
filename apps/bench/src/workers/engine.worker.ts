import type {
  Reply,
  Request,
  RequestType,
  RequestTypes,
} from '../../../../packages/engine/src/link/protocol.ts'
import { PROTOCOL_VERSION } from '../../../../packages/engine/src/link/protocol.ts'
import { createEngine } from '../../../../packages/engine/src/worker/engine.ts'
import {
  COMMITS,
  CREATE_TABLE,
  FILL_TABLE,
  INSERT_ONE,
  ROUNDS,
  SELECT_ALL,
  type BenchmarkTask,
} from '../workload.ts'
import { answerCalls } from './call.ts'

/** The engine inside a worker of ours, without a page: what reading and committing cost where they happen. */
answerCalls(async (task: BenchmarkTask) => {
  const answers = new Map<number, (reply: Reply) => void>()
  const { port1, port2 } = new MessageChannel()
  const tasks: (() => void)[] = []
  port1.addEventListener('message', () => tasks.shift()?.())
  port1.start()
  const engine = createEngine({
    post: (message) => message.replies.forEach((reply) => answers.get(reply.id)?.(reply)),
    schedule(run) {
      tasks.push(run)
      port2.postMessage(null)
    },
    now: () => performance.now(),
  })
  let lastId = 0

  async function call<Type extends RequestType>(
    type: Type,
    payload: RequestTypes[Type]['payload'],
  ): Promise<RequestTypes[Type]['reply']> {
    const id = ++lastId
    const reply = await new Promise<Reply>((resolve) => {
      answers.set(id, resolve)
      engine.receive({ version: PROTOCOL_VERSION, requests: [{ id, type, payload } as Request] })
    })
    answers.delete(id)
    if (!reply.ok) throw new Error(reply.error.message)
    return reply.value
  }

  const open = {
    name: `bench-${task}`,
    storage: 'opfs',
    durability: 'strict',
    cacheSize: 16384,
    autoVacuum: 'none',
    migrated: false,
    wasmUrl: undefined,
    interrupt: undefined,
  } as const
  await call('open', open)
  const script = (sql: string) => call('script', { sql, transaction: undefined, timeout: undefined })
  await script(`drop table if exists item; ${CREATE_TABLE}`)
  return task === 'reads' ? readRows() : commitRows()

  async function readRows() {
    await script(FILL_TABLE)
    const read = { sql: SELECT_ALL, parameters: [], lane: 'write', shape: 'all-rows' } as const
    const rounds: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now()
      await call('statement', { ...read, transaction: undefined, timeout: undefined })
      rounds.push(performance.now() - start)
    }
    return { rounds }
  }

  async function commitRows() {
    const insert = { sql: INSERT_ONE, parameters: [], lane: 'write', shape: 'no-rows' } as const
    const start = performance.now()
    for (let i = 0; i < COMMITS; i++) {
      await call('statement', { ...insert, transaction: undefined, timeout: undefined })
    }
    return { perSecond: (COMMITS / (performance.now() - start)) * 1000 }
  }
})
