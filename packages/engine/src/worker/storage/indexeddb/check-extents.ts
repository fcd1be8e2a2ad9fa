import type { BlockFault } from '../block-store.ts'
import { type ExtentCodec, isBad } from './extent-record.ts'

/** What is wrong with the blocks of an extent as it was read: of those from `first` up to `end`. */
export function faultsOfExtent(
  codec: ExtentCodec,
  { extent, record }: { readonly extent: number; readonly record: Uint8Array | undefined },
  { first, end }: { readonly first: number; readonly end: number },
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
