import { EventEmitter, once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll } from 'vitest'
import type { DatabaseOptions } from '../../src/index.ts'
import type { StartBrowser, StartedBrowser } from '../../../../scripts/program-provider.ts'
import type { Outcome } from './doctor-stage.ts'
import { serveSite, type SiteOptions } from './engine-site.ts'

/** What a page finds out about itself, in a browser that nobody drives. */
export interface SelfExamination extends Outcome {
  /** The paths of what the page itself has fetched. */
  readonly fetched: readonly string[]
}

/** Opens a page of a site with the engine, which examines itself. */
export type ExaminePage = (
  answers?: SiteOptions['answers'],
  options?: DatabaseOptions,
) => Promise<SelfExamination>

/** A browser for the tests of a file: its page reports here, and goes where the answer sends it. */
export function useSelfExaminingPage(start: StartBrowser): ExaminePage {
  let browser: StartedBrowser
  const office = createServer()
  const reports: ((report: SelfExamination) => void)[] = []
  const visits = new EventEmitter<{ visit: [ServerResponse] }>()
  let visit = once(visits, 'visit') as Promise<[ServerResponse]>

  office.on('request', (request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*')
    if (request.method !== 'POST') return void response.setHeader('Content-Type', 'text/html').end(START)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      reports.shift()?.(JSON.parse(Buffer.concat(chunks).toString()) as SelfExamination)
      visits.emit('visit', response)
    })
  })
  const address = (): string => `http://localhost:${(office.address() as AddressInfo).port}/`

  beforeAll(async () => {
    office.listen(0)
    await once(office, 'listening')
    browser = await start(address())
  })
  afterAll(async () => {
    browser.stop()
    await browser.ended
    office.closeAllConnections()
    office.close()
  })

  return async (answers = {}, options = {}) => {
    const port = await serveSite({ answers: { '/': { body: pageOf(options, address()) }, ...answers } })
    const [response] = await visit
    visit = once(visits, 'visit') as Promise<[ServerResponse]>
    const reported = new Promise<SelfExamination>((resolve) => reports.push(resolve))
    response.end(`http://localhost:${port}/`)
    return reported
  }
}

const START = `<!doctype html><title>DataSync</title><script type="module">
  location.href = await (await fetch('/', { method: 'POST', body: 'null' })).text()
</script>`

function pageOf(options: DatabaseOptions, office: string): string {
  return `<!doctype html><title>DataSync</title><link rel="icon" href="data:,"><script type="module">
  import { createDatabase } from '/index.js'
  const db = createDatabase('shop', ${JSON.stringify(options)})
  const start = performance.now()
  const error = await db.query('select 1').then(
    () => undefined,
    ({ code, sentence, remedy }) => ({ code, sentence, remedy }),
  )
  const ms = performance.now() - start
  const report = await db.doctor()
  const fetched = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
  const body = JSON.stringify({ report, error, ms, fetched })
  location.href = await (await fetch('${office}', { method: 'POST', body })).text()
</script>`
}
