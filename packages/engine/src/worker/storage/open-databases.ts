/** What a store has open, by the name of the database: opened once, however often it is asked for. */
export class OpenDatabases<Opened> {
  readonly #open: (database: string) => Promise<Opened>
  readonly #databases = new Map<string, Promise<Opened>>()

  constructor(open: (database: string) => Promise<Opened>) {
    this.#open = open
  }

  /** One that failed to open is tried again when it is asked for again. */
  async open(database: string): Promise<Opened> {
    const opening = this.#databases.get(database) ?? this.#open(database)
    this.#databases.set(database, opening)
    try {
      return await opening
    } catch (error) {
      if (this.#databases.get(database) === opening) this.#databases.delete(database)
      throw error
    }
  }

  /** Forgets it, and gives it to whoever closes it; undefined if it is not open. */
  async take(database: string): Promise<Opened | undefined> {
    const opening = this.#databases.get(database)
    this.#databases.delete(database)
    // What failed to open was told to the caller of `open`, and holds nothing.
    return opening?.catch(() => undefined)
  }
}
