import type {
  Database as EngineDatabase,
  QueryOptions,
  QueryResult,
  QueryStatement,
  SqlParameters,
  SqlRow,
} from '@datasync/engine'
import type { Observable } from 'rxjs'

/**
 * The database of the app as a service: all that the engine's handle has, and live queries as
 * observables. A token for `inject` and for constructors; `provideDatabase` provides it.
 *
 * @example
 * class TodoService {
 *   private readonly db = inject(Database)
 *   readonly open$ = this.db.query$<Todo>('select * from todo where done = ?', [false])
 *   readonly clear = () => this.db.run('delete from todo where done')
 * }
 */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- the class is a token: nobody makes one
export interface Database extends EngineDatabase {}

export abstract class Database {
  /**
   * The result of a statement: the present one at once, then each one that differs from the last. It
   * never completes; what goes wrong with the query is in its result, what `select` throws is an error
   * of the stream. The live query ends when the last subscriber leaves. A server emits the pending
   * result, or that of `initialData`, and opens nothing.
   *
   * @example
   * readonly titles$ = inject(Database)
   *   .query$<Todo>('select * from todo')
   *   .pipe(map(({ data = [] }) => data.map((todo) => todo.title)))
   */
  abstract query$<Row = SqlRow, Data = readonly Row[]>(
    statement: QueryStatement<Row>,
    parameters?: SqlParameters,
    options?: Omit<QueryOptions<Row, Data>, 'database'>,
  ): Observable<QueryResult<Data>>
}
