import type { Target } from '../../../src/side-by-side/results.ts'
import { formatTimes } from './format-amount.ts'
import { html, type Html } from './html.ts'

export function renderTargets(targets: readonly Target[]): Html | undefined {
  if (targets.length === 0) return undefined
  return html`<section id="targets">
    <h2>Targets</h2>
    <p class="about">What DataSync aims for, and how many times over it is reached in this run.</p>
    <div class="scroll">
      <table class="targets">
        <thead>
          <tr>
            <th scope="col">Target</th>
            <th scope="col">Aim</th>
            <th scope="col">Measured</th>
            <th scope="col" class="number">Reached</th>
          </tr>
        </thead>
        <tbody>
          ${targets.map(renderTarget)}
        </tbody>
      </table>
    </div>
  </section>`
}

function renderTarget({ name, aim, measured, times, reason }: Target): Html {
  const isReached = times >= 1
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${aim}</td>
    <td>${measured}${reason === undefined ? undefined : html`<span class="reason">${reason}</span>`}</td>
    <td class="number">
      <span class="${isReached ? 'reached' : 'missed'}">${isReached ? '✓ reached' : '✗ missed'}</span>
      ${formatTimes(times)}
    </td>
  </tr>`
}
