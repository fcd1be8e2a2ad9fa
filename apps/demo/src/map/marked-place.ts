import { Cell } from '../common/cell.ts'

export interface MarkedPlace {
  readonly latitude: number
  readonly longitude: number
}

/** The place whose row has the pointer or the focus. Apart from React's state: it changes on every row passed. */
export const markedPlace: Cell<MarkedPlace | undefined> = new Cell<MarkedPlace | undefined>(undefined)
