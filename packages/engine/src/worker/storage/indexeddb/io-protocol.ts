import type { ErrorRecord } from '../../../errors.ts'
import type { CreationOptions, ExtentCommit, OpenedSource } from './extent-source.ts'

/** The name by which the script of the worker knows that it is to serve extents, and not an engine. */
export const IO_WORKER = 'datasync-io'

/** What the engine's worker asks of the one that does its input and output. */
export interface IoRequests {
  open: {
    readonly name: string
    readonly isExpected: boolean
    readonly creation: CreationOptions
    readonly answers: SharedArrayBuffer
  }
  read: readonly number[]
  /** Answered through the shared memory. */
  readNow: readonly number[]
  commit: ExtentCommit
  close: null
}

export interface IoReplies {
  open: OpenedSource
  read: ReadonlyMap<number, Uint8Array>
  readNow: null
  commit: null
  close: null
}

export type IoRequest = {
  [Type in keyof IoRequests]: { readonly id: number; readonly type: Type; readonly payload: IoRequests[Type] }
}[keyof IoRequests]

export type IoReply =
  | { readonly id: number; readonly ok: true; readonly value: IoReplies[keyof IoReplies] }
  | { readonly id: number; readonly ok: false; readonly error: ErrorRecord }
