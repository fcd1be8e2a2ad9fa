/** Polynomial of the Equal Earth projection (Šavrič, Patterson, Jenny 2018), which keeps areas true. */
const A1 = 1.340264
const A2 = -0.081106
const A3 = 0.000893
const A4 = 0.003796

/** Nobody lives beyond: the map is cut there. */
const NORTH = 79
const SOUTH = -56

const RADIANS = Math.PI / 180
const HALF_WIDTH = projectRaw(0, 180).x
const TOP = projectRaw(NORTH, 0).y
const BOTTOM = projectRaw(SOUTH, 0).y

/** Width of the map for each unit of its height. */
export const MAP_ASPECT: number = (2 * HALF_WIDTH) / (TOP - BOTTOM)

export interface MapPoint {
  /** 0 at the left edge, 1 at the right one. */
  readonly x: number
  /** 0 at the top, 1 at the bottom. */
  readonly y: number
}

export function project(latitude: number, longitude: number): MapPoint {
  const { x, y } = projectRaw(latitude, longitude)
  return { x: (x + HALF_WIDTH) / (2 * HALF_WIDTH), y: (TOP - y) / (TOP - BOTTOM) }
}

function projectRaw(latitude: number, longitude: number): { readonly x: number; readonly y: number } {
  const theta = Math.asin((Math.sqrt(3) / 2) * Math.sin(latitude * RADIANS))
  const square = theta * theta
  const sixth = square * square * square
  const slope = 9 * A4 * sixth * square + 7 * A3 * sixth + 3 * A2 * square + A1
  return {
    x: (2 * Math.sqrt(3) * longitude * RADIANS * Math.cos(theta)) / (3 * slope),
    y: theta * (A4 * sixth * square + A3 * sixth + A2 * square + A1),
  }
}
