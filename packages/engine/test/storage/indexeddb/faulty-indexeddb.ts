import { intercept, type Call } from './intercept.ts'

export type Fault =
  | 'the quota is exceeded'
  | 'a transaction is aborted'
  | 'the connection is lost'
  | 'the connection is lost after the commit'
  | 'the storage fails with UnknownError'
  | 'a record cannot be read'
  | 'a record is cut short'
  | 'a bit of a record is flipped'

const OPERATIONS = ['get', 'getAll', 'getAllKeys', 'getKey', 'openKeyCursor', 'put', 'add', 'delete', 'clear']
const READS = ['get', 'getAll']

/** Which calls a fault can strike, of all that are made of IndexedDB. */
const STRUCK: Readonly<Record<Fault, readonly string[]>> = {
  'the quota is exceeded': ['commit'],
  'a transaction is aborted': [...OPERATIONS, 'commit'],
  'the connection is lost': ['transaction', ...OPERATIONS, 'commit'],
  'the connection is lost after the commit': ['commit'],
  'the storage fails with UnknownError': [...OPERATIONS, 'commit'],
  'a record cannot be read': READS,
  'a record is cut short': READS,
  'a bit of a record is flipped': READS,
}

export interface FaultPlan {
  readonly fault: Fault
  /** The first call to be struck, counted from 1. */
  readonly from: number
  /** Only that one, or every one after it too. */
  readonly lasting: boolean
}

/** IndexedDB that works until the plan says otherwise. */
export class FaultyIndexedDb {
  /** Calls that were struck. */
  failures = 0
  readonly #plan: FaultPlan
  readonly #restore: readonly (() => void)[]
  #isRepaired = false
  #calls = 0
  readonly #keptInSecret = new WeakSet<IDBTransaction>()

  constructor(plan: FaultPlan) {
    this.#plan = plan
    this.#restore = [
      intercept(IDBDatabase.prototype, ['transaction'], (method, call) =>
        // The stand-in makes those of an upgrade by the same method.
        call.values[1] !== 'versionchange' && this.#isStruck(method)
          ? loseConnection(call.target as IDBDatabase)
          : this.#watch(call.proceed() as IDBTransaction),
      ),
      intercept(IDBObjectStore.prototype, OPERATIONS, (method, call) => {
        const store = call.target as IDBObjectStore
        return this.#isStruck(method) ? this.#strike(store.transaction, call) : call.proceed()
      }),
      intercept(IDBTransaction.prototype, ['commit'], (method, call) => {
        const transaction = call.target as IDBTransaction
        return this.#isStruck(method) ? this.#strikeCommit(transaction, call) : call.proceed()
      }),
    ]
  }

  /** Lets every call succeed from now on. */
  repair(): void {
    this.#isRepaired = true
  }

  remove(): void {
    for (const restore of this.#restore) restore()
  }

  #isStruck(method: string): boolean {
    const { fault, from, lasting } = this.#plan
    if (this.#isRepaired || !STRUCK[fault].includes(method)) return false
    this.#calls++
    const isStruck = this.#calls === from || (lasting && this.#calls > from)
    if (isStruck) this.failures++
    return isStruck
  }

  #watch(transaction: IDBTransaction): IDBTransaction {
    transaction.addEventListener('complete', (event) => {
      if (!this.#keptInSecret.has(transaction)) return
      event.stopImmediatePropagation()
      setErrorOf(transaction, 'UnknownError')
      transaction.dispatchEvent(new IDBVersionChangeEvent('abort'))
    })
    return transaction
  }

  #strike(transaction: IDBTransaction, call: Call): unknown {
    const { fault } = this.#plan
    const request = call.proceed() as IDBRequest<unknown>
    if (fault === 'a record is cut short') alterResult(request, (bytes) => bytes.slice(0, -1500))
    else if (fault === 'a bit of a record is flipped') alterResult(request, flipBit)
    // A browser never aborts a transaction under the feet of what runs.
    else queueMicrotask(() => abort(transaction, fault))
    return request
  }

  /** The requests have succeeded by the time that a commit fails. */
  #strikeCommit(transaction: IDBTransaction, call: Call): unknown {
    const { fault } = this.#plan
    if (fault === 'the connection is lost after the commit') {
      this.#keptInSecret.add(transaction)
      return call.proceed()
    }
    const [first = ''] = transaction.objectStoreNames
    const last = transaction.objectStore(first).count()
    last.addEventListener('success', () => abort(transaction, fault))
    return undefined
  }
}

/** Transactions that a fault has ended. */
const aborted = new WeakSet<IDBTransaction>()

function abort(transaction: IDBTransaction, fault: Fault): void {
  if (aborted.has(transaction)) return
  aborted.add(transaction)
  if (fault === 'the quota is exceeded') setErrorOf(transaction, 'QuotaExceededError')
  else if (fault === 'the storage fails with UnknownError') setErrorOf(transaction, 'UnknownError')
  else if (fault === 'a record cannot be read') setErrorOf(transaction, 'NotReadableError')
  transaction.abort()
  if (fault === 'the connection is lost') tellOfLoss(transaction.db)
}

function loseConnection(database: IDBDatabase): never {
  tellOfLoss(database)
  throw new DOMException('the connection was lost', 'InvalidStateError')
}

function tellOfLoss(database: IDBDatabase): void {
  database.close()
  database.dispatchEvent(new IDBVersionChangeEvent('close'))
}

function setErrorOf(transaction: IDBTransaction, name: string): void {
  Object.defineProperty(transaction, 'error', { value: new DOMException(name, name) })
}

/** Alters all records of bytes in the result; the class has an accessor for it. */
function alterResult(request: IDBRequest<unknown>, alter: (bytes: Uint8Array) => Uint8Array): void {
  const accessor = Object.getOwnPropertyDescriptor(IDBRequest.prototype, 'result')
  Object.defineProperty(request, 'result', {
    ...accessor,
    get() {
      const found: unknown = accessor?.get?.call(request)
      if (found instanceof Uint8Array) return alter(found)
      if (!Array.isArray(found)) return found
      return found.map((value: unknown) => (value instanceof Uint8Array ? alter(value) : value))
    },
  })
}

function flipBit(bytes: Uint8Array): Uint8Array {
  const altered = bytes.slice()
  const at = Math.floor(altered.length / 2)
  altered[at] = (altered[at] ?? 0) ^ 4
  return altered
}
