import type { Task } from '../task.ts'

/** A page that is not what was written. */
export class PageFault {
  readonly reason: string

  constructor(reason: string) {
    this.reason = reason
  }
}

/** The pages of a database as of one moment, counted from 1. */
export interface PageSource {
  readonly pageCount: number
  /** The bytes are the caller's. */
  read(page: number): Task<Uint8Array<ArrayBuffer> | PageFault>
}
