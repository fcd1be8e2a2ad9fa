import type {
  CreationOptions,
  DatabaseRecord,
  ExtentCommit,
  ExtentSource,
  OpenedSource,
} from './extent-source.ts'
import type { WitnessKeeper } from './witness.ts'
import { databaseLost } from './connect.ts'

/** A source whose every commit is noted outside of it, and which notices at its opening if one is missing. */
export class WitnessedSource implements ExtentSource {
  readonly readNow: ExtentSource['readNow']
  readonly #source: ExtentSource
  readonly #name: string
  readonly #witness: WitnessKeeper
  #id = ''
  #lostCommits = 0

  constructor(source: ExtentSource, name: string, witness: WitnessKeeper) {
    this.#source = source
    this.#name = name
    this.#witness = witness
    this.readNow = source.readNow?.bind(source)
  }

  async open(
    creation: CreationOptions,
    wantsAll: (record: DatabaseRecord) => boolean,
  ): Promise<OpenedSource> {
    const opened = await this.#source.open(creation, wantsAll)
    const { id, commit } = opened.record
    const known = this.#witness.read()
    if (known !== undefined && known.id !== id) {
      await this.#source.close()
      throw databaseLost(this.#name)
    }
    this.#id = id
    this.#lostCommits = Math.max(0, (known?.commit ?? 0) - opened.foundCommit)
    this.#witness.write({ id, commit })
    return opened
  }

  /** How many commits are gone that were made. */
  get lostCommits(): number {
    return this.#lostCommits
  }

  read(extents: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>> {
    return this.#source.read(extents)
  }

  async commit(commit: ExtentCommit): Promise<void> {
    await this.#source.commit(commit)
    this.#witness.write({ id: this.#id, commit: commit.commit })
  }

  async close(): Promise<void> {
    try {
      await this.#source.close()
    } finally {
      this.#witness.close()
    }
  }
}
