import { BLOCK_SIZE } from '../block-size.ts'
import type { Blocks, ExtentCodec, StoredBlock } from './extent-record.ts'

/** What a commit is made on. */
export interface CommitBase {
  readonly codec: ExtentCodec
  /** Bytes of the database before the commit. */
  readonly size: number
  /** A block that is in memory. */
  readonly peek: (block: number) => StoredBlock | undefined
  /** The blocks of extents as they are stored. */
  readonly read: (extents: readonly number[]) => Promise<ReadonlyMap<number, Blocks>>
}

export interface SealedCommit {
  readonly sealed: ReadonlyMap<number, StoredBlock>
  /** Bytes of the database after it. */
  readonly size: number
}

/** The new records of all extents that a commit touches, made of what it changes and of what stays. */
export async function encodeCommit(
  base: CommitBase,
  commit: SealedCommit,
): Promise<readonly (readonly [extent: number, record: Uint8Array<ArrayBuffer>])[]> {
  const { codec } = base
  const { blocksPerExtent } = codec
  const blockCount = Math.ceil(commit.size / BLOCK_SIZE)
  const extentOf = (block: number): number => Math.floor(block / blocksPerExtent)
  const touched = new Set([...commit.sealed.keys()].map(extentOf))
  // The extent in which the database now ends, if it ends earlier than before, keeps only what is left.
  if (commit.size < base.size && blockCount % blocksPerExtent !== 0) touched.add(extentOf(blockCount))
  const assembled = new Map([...touched].map((extent) => [extent, assemble(extent, base, commit)]))
  const missing = [...assembled].filter(([, blocks]) => blocks === undefined).map(([extent]) => extent)
  const stored = missing.length === 0 ? new Map<number, Blocks>() : await base.read(missing)
  return [...assembled].map(([extent, blocks]) => {
    const complete = blocks ?? merge(extent, stored.get(extent) ?? [], commit, blockCount)
    return [extent, codec.encode(extent, complete)]
  })
}

/**
 * What changes, and zeros where the file grows beyond what is written: SQLite never writes the page of its
 * locks.
 */
export function withHoles(
  changes: ReadonlyMap<number, Uint8Array>,
  sizeBefore: number,
  size: number,
): ReadonlyMap<number, Uint8Array> {
  const complete = new Map(changes)
  for (let block = Math.ceil(sizeBefore / BLOCK_SIZE); block < Math.ceil(size / BLOCK_SIZE); block++) {
    if (!complete.has(block)) complete.set(block, new Uint8Array(BLOCK_SIZE))
  }
  return complete
}

/** The blocks of an extent, if those that do not change are in memory. */
function assemble(
  extent: number,
  { codec, peek }: CommitBase,
  { sealed, size }: SealedCommit,
): Blocks | undefined {
  const first = extent * codec.blocksPerExtent
  const end = Math.min(first + codec.blocksPerExtent, Math.ceil(size / BLOCK_SIZE))
  const blocks: StoredBlock[] = []
  for (let block = first; block < end; block++) {
    const content = sealed.get(block) ?? peek(block)
    if (content === undefined) return undefined
    blocks.push(content)
  }
  return blocks
}

function merge(extent: number, stored: Blocks, { sealed }: SealedCommit, blockCount: number): Blocks {
  return stored.map((content, index) => {
    const block = extent * stored.length + index
    return block < blockCount ? (sealed.get(block) ?? content) : undefined
  })
}
