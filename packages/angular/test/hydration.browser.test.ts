import { provideZonelessChangeDetection, signal } from '@angular/core'
import { bootstrapApplication, provideClientHydration } from '@angular/platform-browser'
import { createTodos, openTodos, SCHEMA, TODOS } from '@datasync/conformance'
import type { Database } from '@datasync/engine'
import { commands } from 'vitest/browser'
import { expect, onTestFinished, test, vi } from 'vitest'
import { provideDatabase } from '../src/index.ts'
import { PROPS, TodoApp } from './conformance/todo-app.ts'

test('takes over the nodes of a server that had no rows, and shows nothing but them until there are some', async () => {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const db = createTodos({ migrations: [SCHEMA, () => opened] })

  const { container, texts, paragraph } = await hydrate(db)
  expect(container.querySelector('p')).toBe(paragraph)

  open()
  await expect.poll(() => texts.at(-1)).toBe('milkbreadpaint')
  expect(texts.filter((text) => text !== 'pending')).toEqual(['milkbreadpaint'])
})

test('draws the rows at once where they are there already, in the place of what the server drew', async () => {
  const db = await openTodos()

  const { texts } = await hydrate(db, () => {
    onTestFinished(db.observe(TODOS).subscribe(() => undefined))
    return db.observe(TODOS).load()
  })

  await expect.poll(() => texts).toEqual(['milkbreadpaint'])
})

interface Hydrated {
  readonly container: Element
  /** The `<p>` of the server. */
  readonly paragraph: Element | null
  /** Every text that there was to be painted. */
  readonly texts: readonly string[]
}

/** @param prepare - Done between the server's answer and the start of the app. */
async function hydrate(db: Database, prepare = async (): Promise<void> => {}): Promise<Hydrated> {
  const [error, warn] = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')]
  document.body.innerHTML = `<!--nghm-->${await commands.renderOnServer(
    'test/conformance/render-on-server.ts',
    { statement: TODOS },
  )}`
  const container = document.querySelector('todo-app')
  if (container === null) throw new Error('The server rendered nothing.')
  const paragraph = container.querySelector('p')
  expect(paragraph?.textContent).toBe('pending')
  const texts: string[] = []
  const observer = new MutationObserver(() => {
    requestAnimationFrame(() => {
      if (texts.at(-1) !== container.textContent) texts.push(container.textContent)
    })
  })
  observer.observe(container, { subtree: true, childList: true, characterData: true })

  await prepare()
  const app = await bootstrapApplication(TodoApp, {
    providers: [
      provideZonelessChangeDetection(),
      provideClientHydration(),
      provideDatabase(() => db),
      { provide: PROPS, useValue: signal({ statement: TODOS }) },
    ],
  })
  onTestFinished(() => {
    observer.disconnect()
    app.destroy()
    expect(error).not.toHaveBeenCalled()
    expect(warn).not.toHaveBeenCalled()
  })
  return { container, paragraph, texts }
}
