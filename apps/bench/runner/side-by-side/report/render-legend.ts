import type { ContenderInfo, Durability } from '../../../src/side-by-side/contender.ts'
import { isOurs, type ContenderMarks } from './contender-marks.ts'
import { drawMark } from './draw-mark.ts'
import { html, type Html } from './html.ts'

const DURABILITIES: Readonly<Record<Durability, string>> = {
  strict: 'acknowledged when the disk has it',
  relaxed: 'acknowledged before: the last writes may be lost with the power',
  none: 'kept in memory, and gone with the page',
}

/** Stands beside the plots, or opens from the lower edge where there is no room. A tick picks marks out of all plots. */
export function renderLegend(contenders: readonly ContenderInfo[], marks: ContenderMarks): Html {
  const names = (those: readonly ContenderInfo[]): Html =>
    html`<ul>
      ${those.map((contender) => renderName(contender, marks))}
    </ul>`
  return html`<aside aria-label="Legend">
    <input type="checkbox" id="open-legend" /><label for="open-legend" class="opener">Legend</label>
    <form class="legend">
      <div class="legend-head">
        <h2>Legend</h2>
        <button type="reset">Show all</button>
      </div>
      <p>Tick some to see them alone.</p>
      ${names(contenders.filter(isOurs))} ${names(contenders.filter((contender) => !isOurs(contender)))}
      <h3>When a write is acknowledged</h3>
      <dl>
        ${Object.entries(DURABILITIES).map(
          ([durability, meaning]) =>
            html`<div class="${durability}">
              <dt><i class="swatch"></i>${durability}</dt>
              <dd>${meaning}</dd>
            </div>`,
        )}
      </dl>
      <p>
        A line through a mark goes from the least to the most that was measured, where it is longer than the
        mark.
      </p>
    </form>
  </aside>`
}

function renderName(contender: ContenderInfo, marks: ContenderMarks): Html | undefined {
  const mark = marks.get(contender.name)
  if (mark === undefined) return undefined
  const about = [contender.made, contender.durability, contender.forgets].filter(Boolean).join(' · ')
  return html`<li>
    <label title="${about}"
      ><input type="checkbox" class="pick" id="pick-${mark.id}" />${drawMark(mark, contender)}<span
        >${contender.name}</span
      ></label
    >
  </li>`
}
