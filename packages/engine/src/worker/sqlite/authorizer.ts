import type { ErrorCode } from '../../errors.ts'
import type { Heap } from './heap.ts'
import type { Pointer } from './module.ts'
import { StatementAccess } from './statement-access.ts'

const ALLOW = 0
const DENY = 1

// Action codes of sqlite3_set_authorizer (sqlite.org/c3ref/c_alter_table.html).
const DELETE = 9
const INSERT = 18
const PRAGMA = 19
const READ = 20
const TRANSACTION = 22
const UPDATE = 23
const ATTACH = 24
const DETACH = 25
const ANALYZE = 28
const SAVEPOINT = 32

/**
 * Pragmas that would undo what the engine rests on (the log, the page size, when it is flushed), or
 * that would reach one of its connections and not the others.
 */
const ENGINE_PRAGMAS: ReadonlySet<string> = new Set([
  'auto_vacuum',
  'case_sensitive_like',
  'journal_mode',
  'journal_size_limit',
  'locking_mode',
  'mmap_size',
  'page_size',
  'query_only',
  'read_uncommitted',
  'schema_version',
  'synchronous',
  'temp_store',
  'temp_store_directory',
  'trusted_schema',
  'wal_autocheckpoint',
  'writable_schema',
])

/** Pragmas whose argument says of what they tell. */
const TELLING_PRAGMAS: ReadonlySet<string> = new Set([
  'foreign_key_check',
  'foreign_key_list',
  'index_info',
  'index_list',
  'index_xinfo',
  'integrity_check',
  'quick_check',
  'table_info',
  'table_list',
  'table_xinfo',
])
/** Pragmas that may write though they have no argument. */
const WRITING_PRAGMAS: ReadonlySet<string> = new Set(['incremental_vacuum', 'optimize', 'wal_checkpoint'])

/** Why a statement was refused. */
export interface Refusal {
  readonly code: ErrorCode
  readonly message: string
}

/**
 * SQLite's authorizer: it is asked about everything a statement touches as the statement is
 * prepared, and so tells, by table and column, what it reads and what it writes, through views,
 * triggers, cascades and virtual tables. Installed once and never exchanged, since each exchange
 * expires every prepared statement.
 */
export class Authorizer {
  /** Why the last preparation was refused, if it was. */
  refusal: Refusal | undefined
  /** Set while the engine runs statements of its own, which may do everything. */
  trusted = false
  /** Schemas that the engine attached to all connections, and that only it may detach. */
  readonly ownedSchemas: Set<string> = new Set()
  /** Whether `user_version` belongs to the migrations. */
  ownsUserVersion = false
  #access = new StatementAccess()
  readonly #heap: Heap

  constructor(heap: Heap) {
    this.#heap = heap
  }

  /** What is seen from now on belongs to this statement. */
  collect(access: StatementAccess): void {
    this.#access = access
  }

  /** The callback for sqlite3_set_authorizer, of the signature `i(pipppp)`. */
  readonly callback = (
    _context: Pointer,
    action: number,
    first: Pointer,
    second: Pointer,
    schema: Pointer,
    accessor: Pointer,
  ): number => {
    const access = this.#access
    if (accessor !== 0) access.accessors.add(this.#text(accessor))
    switch (action) {
      case READ:
        // count(*) and its like read a table without a column, and SQLite does not say of which schema.
        access.addRead(schema === 0 ? '*' : this.#text(schema), this.#text(first), this.#text(second))
        return ALLOW
      case INSERT:
      case DELETE:
        this.#addRowChange(this.#text(schema), this.#text(first))
        return this.#judgeWrite(this.#text(first))
      case UPDATE:
        this.#addUpdate(this.#text(schema), this.#text(first), this.#text(second))
        return this.#judgeWrite(this.#text(first))
      case PRAGMA:
        return this.#judgePragma(this.#text(first).toLowerCase(), second !== 0)
      case ANALYZE:
        // SQLite writes the statistics without asking.
        access.addRowChange(this.#text(schema), 'sqlite_stat1')
        return ALLOW
      case ATTACH:
        return this.#judgeAttach(first === 0 ? undefined : this.#text(first))
      case DETACH:
        return this.#judgeDetach(first === 0 ? undefined : this.#text(first))
      case TRANSACTION:
      case SAVEPOINT:
        access.transactionControl = true
        return ALLOW
      default:
        return ALLOW
    }
  }

  #text(pointer: Pointer): string {
    return pointer === 0 ? '' : this.#heap.readCString(pointer)
  }

  #addRowChange(schema: string, table: string): void {
    if (isSchemaTable(table)) this.#access.schemaChange = true
    else this.#access.addRowChange(schema, table)
  }

  #addUpdate(schema: string, table: string, column: string): void {
    if (isSchemaTable(table)) this.#access.schemaChange = true
    else this.#access.addUpdate(schema, table, column)
  }

  /** The pages of the file are SQLite's own: one wrong byte, and nothing can be read any more. */
  #judgeWrite(table: string): number {
    if (this.trusted || table !== 'sqlite_dbpage') return ALLOW
    this.refusal = { code: 'sql', message: 'The pages of the file cannot be written by SQL.' }
    return DENY
  }

  #judgePragma(name: string, hasArgument: boolean): number {
    this.#access.pragma = name
    const maySet = hasArgument && !TELLING_PRAGMAS.has(name)
    if (maySet || WRITING_PRAGMAS.has(name)) this.#access.setsPragma = true
    if (!hasArgument || this.trusted) return ALLOW
    if (ENGINE_PRAGMAS.has(name) || (name === 'user_version' && this.ownsUserVersion)) {
      this.refusal = { code: 'pragma-refused', message: `PRAGMA ${name} cannot be set.` }
      return DENY
    }
    return ALLOW
  }

  /** `file` is undefined where it is not written out but bound or computed, so that nobody can tell. */
  #judgeAttach(file: string | undefined): number {
    this.#access.schemaChange = true
    // VACUUM attaches a nameless file of its own.
    if (this.trusted || file === ':memory:' || file === '') return ALLOW
    const which = file === undefined ? 'A file whose name is computed' : `The file "${file}"`
    this.refusal = { code: 'attach-refused', message: `${which} cannot be attached by SQL.` }
    return DENY
  }

  #judgeDetach(schema: string | undefined): number {
    this.#access.schemaChange = true
    const isOwned =
      schema === undefined ||
      [...this.ownedSchemas].some((owned) => owned.toLowerCase() === schema.toLowerCase())
    if (this.trusted || !isOwned) return ALLOW
    const which = schema === undefined ? 'A schema whose name is computed' : `"${schema}"`
    this.refusal = {
      code: 'attach-refused',
      message: `${which} cannot be detached by SQL: what db.attach() attached is detached by db.detach().`,
    }
    return DENY
  }
}

function isSchemaTable(table: string): boolean {
  return table === 'sqlite_master' || table === 'sqlite_temp_master'
}
