import type { DatabaseStatus } from '../database-reports.ts'
import type { Connection } from './connection.ts'
import type { Answer, AnswerTo, Failure, PendingRequest } from './pending-request.ts'
import type { OpenRequest, WorkerMessage } from './protocol.ts'
import type { SeatSource, TabRole } from './seat.ts'
import type { Transport } from './transport.ts'

export type Phase = DatabaseStatus['phase']

export type FinishImport = (connection: Connection) => Promise<AnswerTo<'importFinish'>>

export interface EngineLifeOptions {
  /** How engines are come by. */
  readonly seats: (host: SeatHost) => SeatSource
  readonly open: () => OpenRequest
  /** Brings content that was just opened, or imported, to where calls may meet it. */
  readonly migrate: (connection: Connection, userVersion: number) => Promise<Answer<null>>
  /** Gives an engine that was just opened what the one before it had beside its content. */
  readonly restore: (connection: Connection) => Promise<Answer<null>>
  /** When an earlier engine of this database, if there was one, has let go of it. */
  readonly after: Promise<void> | undefined
  readonly deliver: (message: WorkerMessage) => void
  readonly notify: (message: WorkerMessage) => void
  readonly phaseChanged: (phase: Phase, failure: Failure | undefined) => void
  readonly roleChanged: (role: TabRole) => void
  /**
   * An engine is open that has not been told of any live query. `isQuiet` where it has taken the place of
   * another, which nobody need notice.
   */
  readonly connected: (isQuiet: boolean) => void
  /** Which of the requests that a host has left unanswered can be asked of the next, and will be. */
  readonly carryOver: (
    inFlight: readonly PendingRequest[],
    canAskAgain: (pending: PendingRequest) => boolean,
  ) => readonly PendingRequest[]
  /** The engine is gone: with a failure until somebody asks for another, else another is on its way. */
  readonly disconnected: (failure: Failure | undefined) => void
  /** Calls can reach the engine that could not before. */
  readonly released: () => void
}

/** What a source of seats can ask of the life that it is for. */
export interface SeatHost {
  readonly connect: (transport: Transport) => Connection
  readonly open: () => OpenRequest
  /** Another tab is to have the engine, if it is of this page. */
  readonly handOver: () => void
  /** Ends for good: a newer version of the app has come, or the database was deleted. */
  readonly end: (phase: 'failed' | 'closed', reason: Failure) => void
}
