import type { MapCell } from '../data/map-cells.ts'
import { centerOf } from '../data/map-grid.ts'
import { project } from './project.ts'
import type { MapPoint } from './project.ts'

export interface MapDrawing {
  readonly world: readonly MapCell[]
  /** The places in view, where something narrows them. */
  readonly matches: readonly MapCell[] | undefined
  readonly worldColor: string
  readonly matchColor: string
}

const points = new Map<number, MapPoint>()

/** A dot for each square of the world with a place in it, the stronger the more there are. */
export function drawMap(
  canvas: HTMLCanvasElement,
  { world, matches, worldColor, matchColor }: MapDrawing,
): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  context.clearRect(0, 0, canvas.width, canvas.height)
  const dot = Math.max(1, canvas.width / 560)
  const strength = matches === undefined ? 1 : 0.45
  drawDots(
    context,
    world,
    worldColor,
    dot,
    (places) => strength * Math.min(1, 0.32 + Math.log2(places) * 0.11),
  )
  if (matches === undefined) return
  const grown = dot * (matches.length < 40 ? 4 : matches.length < 400 ? 2.4 : 1.5)
  drawDots(context, matches, matchColor, grown, (places) => Math.min(1, 0.7 + Math.log2(places) * 0.1))
}

function drawDots(
  context: CanvasRenderingContext2D,
  cells: readonly MapCell[],
  color: string,
  size: number,
  toOpacity: (places: number) => number,
): void {
  const { width, height } = context.canvas
  context.fillStyle = color
  for (const { cell, places } of cells) {
    const { x, y } = pointOf(cell)
    context.globalAlpha = toOpacity(places)
    if (size < 4) context.fillRect(x * width - size / 2, y * height - size / 2, size, size)
    else fillCircle(context, x * width, y * height, size / 2)
  }
  context.globalAlpha = 1
}

function fillCircle(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fill()
}

function pointOf(cell: number): MapPoint {
  const known = points.get(cell)
  if (known !== undefined) return known
  const { latitude, longitude } = centerOf(cell)
  const point = project(latitude, longitude)
  points.set(cell, point)
  return point
}
