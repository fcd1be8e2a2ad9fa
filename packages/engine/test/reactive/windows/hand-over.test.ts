import { expect, onTestFinished, test } from 'vitest'
import type { LiveUpdate } from '../../../src/link/live-protocol.ts'
import { OK } from '../../../src/link/pending-request.ts'
import type { RequestTypes } from '../../../src/link/protocol.ts'
import { LiveRegistry, type LiveLink } from '../../../src/live/live-registry.ts'
import { pagesObserver } from '../../../src/live/pages-observer.ts'
import type { LiveQueryOwner } from '../../../src/worker/reactive/live-queries.ts'
import { LiveStage } from '../../support/live-stage.ts'

const SCHEMA = `
  create table entry (id integer primary key, at integer not null);
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 20)
    insert into entry select i, i * 10 from n;
`

/** The way from a page to an engine that can be exchanged for another one, which knows nothing. */
class Wire implements LiveLink {
  readonly registry: LiveRegistry = new LiveRegistry(this)
  readonly sent: string[] = []
  readonly #stage: LiveStage
  #owner: LiveQueryOwner = { isInspecting: false, update: () => undefined }
  #updates: LiveUpdate[] = []
  #calls: (() => void)[] = []
  #answers: (() => void)[] = []

  constructor(stage: LiveStage) {
    this.#stage = stage
  }

  readonly open = (): void => undefined

  readonly explain = (): never => {
    throw new Error('Nobody asks for it here.')
  }

  readonly send: LiveLink['send'] = (type, payload, settle) => {
    this.sent.push(type)
    const owner = this.#owner
    const answer = (): void => void this.#answers.push(() => settle(OK))
    const { queries } = this.#stage
    this.#calls.push(() => {
      if (type === 'observe') {
        const { live, window, ...statement } = payload as RequestTypes['observe']['payload']
        queries.add(owner, live, statement, window)
        answer()
      } else if (type === 'moveWindow') {
        const { live, ...move } = payload as RequestTypes['moveWindow']['payload']
        queries.move(owner, live, move, answer)
      }
    })
  }

  /** Lets the engine have a turn, and the page hear of it. */
  async turn(): Promise<void> {
    for (const call of this.#calls.splice(0)) call()
    await this.#stage.settle()
    this.registry.apply(this.#updates.splice(0))
    for (const answer of this.#answers.splice(0)) answer()
    this.registry.notify()
  }

  /** What was asked for is lost, and so is all that was known of the page. */
  exchange(): void {
    this.#stage.queries.removeAll(this.#owner)
    this.#calls = []
    this.#answers = []
    const updates: LiveUpdate[] = []
    this.#updates = updates
    this.#owner = { isInspecting: false, update: (update) => void updates.push(update) }
    this.registry.disconnected()
    this.registry.connected(true)
  }
}

test('a page that is on its way as the engine moves comes from the next one', async () => {
  const stage = await LiveStage.open(SCHEMA)
  onTestFinished(() => stage.close())
  const wire = new Wire(stage)
  wire.exchange()
  const statement = { sql: 'select id from entry order by at desc', parameters: [] }
  const pages = pagesObserver(wire.registry.observe(statement, { pageSize: 3, maxPages: 1 }))
  const seen: unknown[] = []
  pages.subscribe(() => seen.push(pages.getSnapshot().data?.map(({ id }) => id)))
  await wire.turn()
  void pages.loadNext()
  await wire.turn()
  const shown = pages.getSnapshot().data
  seen.length = 0

  const loading = pages.loadNext()
  wire.exchange()
  await wire.turn()
  await loading

  expect(wire.sent).toEqual(['observe', 'moveWindow', 'moveWindow', 'observe', 'moveWindow'])
  expect(seen).toEqual([
    [17, 16, 15],
    [14, 13, 12],
  ])
  expect(pages.getSnapshot()).toMatchObject({ hasPrevious: true, isLoadingNext: false, isFetching: false })
  void pages.loadPrevious()
  await wire.turn()
  expect(pages.getSnapshot().data).toEqual(shown)

  wire.exchange()
  const before = pages.getSnapshot().data
  await wire.turn()
  expect(pages.getSnapshot().data).toBe(before)
})
