import type { BlockFault } from '../block-store.ts'
import type { ExtentSource } from './extent-source.ts'
import { type ExtentCodec, isBad } from './extent-record.ts'

/** Blocks from `first` up to `end`. */
interface BlockRange {
  readonly first: number
  readonly end: number
}

/** What is wrong with these blocks as they are stored now. */
export async function checkExtents(
  source: ExtentSource,
  codec: ExtentCodec,
  range: BlockRange,
): Promise<readonly BlockFault[]> {
  if (range.end <= range.first) return []
  const start = Math.floor(range.first / codec.blocksPerExtent)
  const length = Math.ceil(range.end / codec.blocksPerExtent) - start
  const extents = Array.from({ length }, (_, index) => start + index)
  const found = await source.read(extents)
  return extents.flatMap((extent) => faultsOfExtent(codec, { extent, record: found.get(extent) }, range))
}

/** The same of one extent as it was read, for those of the blocks that are in it. */
export function faultsOfExtent(
  codec: ExtentCodec,
  { extent, record }: { readonly extent: number; readonly record: Uint8Array | undefined },
  { first, end }: BlockRange,
): readonly BlockFault[] {
  const faults: BlockFault[] = []
  const decoded = record === undefined ? undefined : codec.decode(extent, record)
  const start = extent * codec.blocksPerExtent
  for (let block = Math.max(first, start); block < Math.min(end, start + codec.blocksPerExtent); block++) {
    const reason = reasonFor(extent, decoded, block - start)
    if (reason !== undefined) faults.push({ block, reason })
  }
  return faults
}

function reasonFor(
  extent: number,
  decoded: ReturnType<ExtentCodec['decode']> | undefined,
  index: number,
): string | undefined {
  if (decoded === undefined) return `extent ${extent} is missing`
  if (decoded.kind === 'unreadable') return `extent ${extent} cannot be read, since ${decoded.reason}`
  const block = decoded.blocks[index]
  if (block === undefined) return 'it is missing'
  return isBad(block) ? block.fault : undefined
}
