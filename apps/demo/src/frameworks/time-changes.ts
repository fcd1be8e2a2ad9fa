import { formatMilliseconds } from '../common/format.ts'
import { onFrameEnd } from './frame-clock.ts'
import { FRAMEWORKS } from './frameworks.ts'

/** In frames. What changes nothing, as a space at the end of a note, would be timed for ever. */
const LONGEST = 300

/** What a pane showed of a change, and when. */
interface Arrival {
  readonly title: string
  readonly milliseconds: number
  readonly frame: number
}

/**
 * Tells of each change how long it took from the key or the click until every pane showed it, and in
 * how many frames. A pane in which the place is not listed has no say.
 */
export function timeChanges(panes: HTMLElement, report: HTMLElement): void {
  let end = (): void => undefined
  const beginAt =
    (control: string) =>
    ({ target, timeStamp }: Event): void => {
      const begun = target instanceof Element ? target.closest(control) : null
      const place = begun?.closest<HTMLElement>('[data-place]')?.dataset['place']
      if (place === undefined) return
      end()
      end = timeChange(panes, place, timeStamp, report)
    }
  panes.addEventListener('input', beginAt('.place-note'), { capture: true })
  panes.addEventListener('click', beginAt('.place-star'), { capture: true })
}

function timeChange(panes: HTMLElement, place: string, start: number, report: HTMLElement): () => void {
  const arrivals = new Map<string, Arrival>()
  let frame = 0
  const observers = FRAMEWORKS.flatMap(({ name, title }) => {
    const row = panes.querySelector(`[data-framework="${name}"] [data-place="${place}"]`)
    if (row === null) return []
    const observer = new MutationObserver(() => {
      if (arrivals.has(name)) return
      arrivals.set(name, { title, milliseconds: performance.now() - start, frame })
    })
    observer.observe(row, { attributeFilter: ['data-note', 'data-favourite'] })
    return [observer]
  })
  const stopClock = onFrameEnd(() => {
    frame += 1
    if (arrivals.size > 0) show(report, [...arrivals.values()])
    if (arrivals.size === observers.length || frame === LONGEST) end()
  })
  const end = (): void => {
    stopClock()
    for (const observer of observers) observer.disconnect()
  }
  return end
}

function show(report: HTMLElement, arrivals: readonly Arrival[]): void {
  const times = arrivals.map(({ title, milliseconds }) => `${title} ${formatMilliseconds(milliseconds)}`)
  const frames = new Set(arrivals.map(({ frame }) => frame)).size
  const where = arrivals.length === 1 ? '' : frames === 1 ? ' — in one frame' : ` — in ${frames} frames`
  report.textContent = `On screen after: ${times.join(' · ')}${where}`
}
