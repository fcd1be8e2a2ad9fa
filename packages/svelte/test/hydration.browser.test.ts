import { openTodos } from '@datasync/conformance'
import type { Database } from '@datasync/engine'
import type { ComponentProps } from 'svelte'
import { expect, test } from 'vitest'
import { commands } from 'vitest/browser'
import Page from './components/page.svelte'
import { eventually } from './support/eventually.ts'
import { hydrateWith } from './support/render.ts'

const SHOWN = 'open idle milk bread paint milk bread paint ready'

test('a page with all that there is on it is taken over without a complaint', async () => {
  const db = await openTodos()

  const page = await takeOver(db, {})

  await eventually(() => expect(wordsOf(page)).toBe(SHOWN))
})

test('so is one whose rows are there already', async () => {
  const db = await openTodos()
  await db.observe('select title from todo').load()

  const page = await takeOver(db, {})

  expect(page.querySelector('p')?.className).toBe('success')
  expect(page.querySelector('p')?.dataset['stored']).toBe('success')
  await eventually(() => expect(wordsOf(page)).toBe(SHOWN))
})

test('so is one with rows that the server gave it', async () => {
  const db = await openTodos()

  const page = await takeOver(db, { initialData: [{ title: 'salt' }] })

  expect(page.querySelector('output')?.textContent).toBe('salt')
  await eventually(() => expect(wordsOf(page)).toBe(SHOWN))
})

async function takeOver(db: Database, props: ComponentProps<typeof Page>): Promise<HTMLElement> {
  const target = document.body.appendChild(document.createElement('div'))
  target.innerHTML = await commands.renderOnServer('test/server/render-page.ts', props as never)
  hydrateWith(db, Page, props, target)
  return target
}

function wordsOf(page: HTMLElement): string {
  return page.innerText.replaceAll(/\s+/g, ' ')
}
