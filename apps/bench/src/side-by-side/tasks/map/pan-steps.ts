import { WARM_UP } from '../time-steps.ts'
import type { Viewport } from './city-map.ts'

const PANS = 100
const HEIGHT = 4
const WIDTH = 6
/** Viewports from the west of Europe to its east, each a fifth of its width from the last. */
const PANS_IN_A_ROW = 25
const MOVE = 1.2

/** A finger that goes over Europe from the south to the north, to the east and back by turns. */
export const panSteps: readonly Viewport[] = Array.from({ length: WARM_UP + PANS }, (_, turn) => {
  const row = Math.floor(turn / PANS_IN_A_ROW)
  const along = turn % PANS_IN_A_ROW
  const west = -10 + MOVE * (row % 2 === 0 ? along : PANS_IN_A_ROW - 1 - along)
  const south = 36 + HEIGHT * row
  return { south, north: south + HEIGHT, west, east: west + WIDTH }
})
