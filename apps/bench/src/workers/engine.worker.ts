import type {
  Reply,
  Request,
  RequestType,
  RequestTypes,
} from '../../../../packages/engine/src/link/protocol.ts'
import { PROTOCOL_VERSION } from '../../../../packages/engine/src/link/protocol.ts'
import { createEngine } from '../../../../packages/engine/src/worker/engine.ts'
import { chooseStore } from '../../../../packages/engine/src/worker/storage/choose-store.ts'
import {
  COMMITS,
  CREATE_TABLE,
  FILL_TABLE,
  INSERT_ONE,
  ROUNDS,
  SELECT_ALL,
  type LayerTasks,
} from '../workload.ts'
import { answerCalls } from './call.ts'

/** The engine inside a worker of ours, without a page: what reading and committing cost where they happen. */
answerCalls<LayerTasks>({
  async open() {
    await opening
    return script(CREATE_TABLE)
  },
  fill: () => script(FILL_TABLE),
  async timeReads() {
    const rounds: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now()
      await statement(SELECT_ALL, 'all-rows')
      rounds.push(performance.now() - start)
    }
    return rounds
  },
  async commitRate() {
    let spent = 0
    for (let i = 0; i < COMMITS; i++) {
      // A page's next call comes in a task of its own; what it waits for that is not the commit's time.
      await new Promise<void>(schedule)
      const start = performance.now()
      await statement(INSERT_ONE, 'no-rows')
      spent += performance.now() - start
    }
    return (COMMITS / spent) * 1000
  },
})

const answers = new Map<number, (reply: Reply) => void>()
const tasks: (() => void)[] = []
const { port1, port2 } = new MessageChannel()
port1.addEventListener('message', () => tasks.shift()?.())
port1.start()
let lastId = 0

const engine = createEngine({
  post: (message) => message.replies.forEach((reply) => answers.get(reply.id)?.(reply)),
  schedule,
  now: () => performance.now(),
  chooseStore,
})

const opening = call('open', {
  name: 'bench-engine',
  client: 'bench',
  lock: 'hurry',
  remembered: undefined,
  checkAtOpen: 'none',
  storage: 'opfs',
  durability: 'strict',
  sync: {
    interval: 1000,
    debounce: undefined,
    maxDirtyBlocks: undefined,
    maxDirtyBytes: 16 * 1024 * 1024,
    verifyAfterWrite: false,
  },
  blocks: { bridge: 'auto', checksum: 'xxhash64', perExtent: 8, mirrorLimit: 256 },
  cacheSize: 16384,
  autoVacuum: 'none',
  migrations: 0,
  wasmUrl: undefined,
  interrupt: undefined,
})

function schedule(task: () => void): void {
  tasks.push(task)
  port2.postMessage(null)
}

async function call<Type extends RequestType>(
  type: Type,
  payload: RequestTypes[Type]['payload'],
): Promise<RequestTypes[Type]['reply']> {
  const id = ++lastId
  const reply = await new Promise<Reply>((resolve) => {
    answers.set(id, resolve)
    engine.receive({ version: PROTOCOL_VERSION, requests: [{ id, type, payload } as Request], oldest: id })
  })
  answers.delete(id)
  if (!reply.ok) throw new Error(reply.error.message)
  return reply.value
}

async function script(sql: string): Promise<null> {
  await call('script', { sql, transaction: undefined, timeout: undefined })
  return null
}

/** On the lane of writers, which does not put a long result off for others: the time of the work alone. */
async function statement(sql: string, shape: 'all-rows' | 'no-rows'): Promise<void> {
  const rest = { parameters: [], transaction: undefined, timeout: undefined }
  await call('statement', { sql, shape, lane: 'write', ...rest })
}
