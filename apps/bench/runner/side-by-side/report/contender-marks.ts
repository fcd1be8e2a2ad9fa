import type { SymbolType } from '@observablehq/plot'
import type { ContenderInfo } from '../../../src/side-by-side/contender.ts'

/** How a contender is drawn wherever it is shown. Who has the same colour has another shape. */
export interface ContenderMark {
  /** What the style sheet and the filter know it by. */
  readonly id: string
  readonly isOurs: boolean
  readonly symbol: SymbolType
  /** Pixels. */
  readonly radius: number
  readonly colour: string
}

export type ContenderMarks = ReadonlyMap<string, ContenderMark>

const OUR_SYMBOLS = ['circle', 'square', 'diamond', 'triangle', 'star', 'hexagon', 'wye', 'cross'] as const
const PEER_SYMBOLS = ['square', 'triangle', 'circle', 'diamond', 'cross', 'star', 'hexagon', 'wye'] as const
/** Of ours and of peers, as the style sheet has them. */
const COLOURS = 8
/** What reaches further than others of the same area. */
const POINTED: readonly SymbolType[] = ['star', 'triangle']

export function isOurs({ name }: Pick<ContenderInfo, 'name'>): boolean {
  return name.startsWith('DataSync')
}

/** Peers of the same make share a colour, as far as the first word of their names tells. */
export function marksOf(contenders: readonly ContenderInfo[]): ContenderMarks {
  const peers = contenders.filter((contender) => !isOurs(contender))
  const makes = [...new Set(peers.map(makeOf))]
  return new Map([
    ...contenders.filter(isOurs).map(({ name }, i) => [name, ourMark(i)] as const),
    ...peers.map((peer, i) => [peer.name, peerMark(i, makes.indexOf(makeOf(peer)))] as const),
  ])
}

/** Also says what an acknowledged write is worth, by how far the mark is filled. */
export function classOf(mark: ContenderMark, { durability }: ContenderInfo): string {
  return `mark ${mark.isOurs ? 'ours' : 'peer'} ${durability} ${mark.id}`
}

function ourMark(i: number): ContenderMark {
  const symbol = OUR_SYMBOLS[i % OUR_SYMBOLS.length] ?? 'circle'
  const radius = POINTED.includes(symbol) ? 5.2 : 6
  return { id: `ours-${i}`, isOurs: true, symbol, radius, colour: `var(--ours-${i % COLOURS})` }
}

function peerMark(i: number, make: number): ContenderMark {
  const symbol = PEER_SYMBOLS[i % PEER_SYMBOLS.length] ?? 'circle'
  const radius = POINTED.includes(symbol) ? 3.9 : 4.3
  return { id: `peer-${i}`, isOurs: false, symbol, radius, colour: `var(--peer-${make % COLOURS})` }
}

function makeOf({ name }: ContenderInfo): string {
  return name.split(' ', 1)[0] ?? name
}
