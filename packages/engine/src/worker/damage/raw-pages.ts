import type { BlockFile } from '../storage/block-store.ts'
import { InspectedFile } from '../storage/inspected-file.ts'
import { waitFor, type Task } from '../task.ts'
import { PageFault, type PageSource } from './page-source.ts'

/** The pages of a file that no connection writes. */
export class RawPages implements PageSource {
  readonly pageCount: number
  readonly #file: InspectedFile
  readonly #pageSize: number
  readonly #lost: ReadonlyMap<number, string>

  /** `lost` are pages of which it is known already that they are damaged. */
  constructor(file: BlockFile, pageSize: number, lost: ReadonlyMap<number, string> = new Map()) {
    this.#file = new InspectedFile(file)
    this.#pageSize = pageSize
    this.#lost = lost
    this.pageCount = Math.floor(file.size() / pageSize)
  }

  *read(page: number): Task<Uint8Array<ArrayBuffer> | PageFault> {
    const lost = this.#lost.get(page)
    if (lost !== undefined) return new PageFault(lost)
    const bytes = new Uint8Array(this.#pageSize)
    const offset = (page - 1) * this.#pageSize
    yield* waitFor(this.#file.load?.(offset, bytes.length))
    if (this.#file.read(bytes, offset) < bytes.length) return new PageFault('it is not there')
    const fault = this.#file.faults.get(page - 1)
    return fault === undefined ? bytes : new PageFault(fault)
  }
}
