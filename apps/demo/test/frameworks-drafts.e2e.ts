import { expect } from 'playwright/test'
import type { Page } from 'playwright/test'
import { FRAMEWORKS, notes, place, places, search, test } from './frameworks-page.ts'

for (const framework of FRAMEWORKS) {
  test(`${framework} says that a change was not kept, and shows what was typed until it is`, async ({
    panes: page,
  }) => {
    const note = notes(page, framework).nth(3)
    await note.fill('Kept')
    const repair = await breakStorage(page)

    await note.fill('Half a sentence')
    await note.press('Tab')
    await expect(place(page, framework, 3).getByRole('alert')).toContainText(
      'Not saved. The storage of this origin is full.',
    )
    await expect(note).toHaveValue('Half a sentence')
    await place(page, framework, 4).getByRole('button').click()
    await expect(place(page, framework, 4).getByRole('alert')).toContainText(
      'Not saved. The storage of this origin is full.',
    )
    await expect(place(page, framework, 4)).toHaveAttribute('data-favourite', '0')
    for (const other of FRAMEWORKS) await expect(place(page, other, 3)).toHaveAttribute('data-note', 'Kept')

    await repair()
    await note.press('End')
    await note.press('!')
    await expect(notes(page, 'react').nth(3)).toHaveValue('Half a sentence!')
    await expect(place(page, framework, 3).getByRole('alert')).toBeHidden()
    await note.fill('')
  })

  test(`a note of ${framework} that is still being written is shown when the focus has left`, async ({
    panes: page,
  }) => {
    const note = notes(page, framework).nth(3)
    await note.fill('Before')
    await expect(place(page, framework, 3)).toHaveAttribute('data-note', 'Before')
    const release = await holdMessages(page)

    await note.fill('After')
    await note.blur()
    expect(await note.inputValue()).toBe('After')
    await expect(place(page, framework, 3)).toHaveAttribute('data-note', 'Before')

    await release()
    await expect(place(page, framework, 3)).toHaveAttribute('data-note', 'After')
    const other = notes(page, framework === 'react' ? 'vue' : 'react').nth(3)
    await other.fill('Elsewhere')
    await expect(note).toHaveValue('Elsewhere')
    await note.fill('')
  })

  test(`a note that is emptied in ${framework} stays where it is while one writes`, async ({
    panes: page,
  }) => {
    await notes(page, framework).nth(3).fill('First')
    for (const other of FRAMEWORKS) await search(page, other).fill('')
    for (const other of FRAMEWORKS) await expect(places(page, other)).toHaveCount(1)
    const note = notes(page, framework).first()

    await note.press('ControlOrMeta+A')
    await note.press('Backspace')
    const others = FRAMEWORKS.filter((name) => name !== framework)
    for (const other of others) await expect(places(page, other)).toHaveCount(0)
    await expect(note).toBeFocused()
    await page.keyboard.type('Second')
    for (const other of others) await expect(notes(page, other).first()).toHaveValue('Second')

    await note.fill('')
    await note.press('Shift+Tab')
    await expect(place(page, framework, 0).getByRole('button')).toBeFocused()
    await page.keyboard.press('Shift+Tab')
    await expect(places(page, framework)).toHaveCount(0)
    await expect(page.getByText('write the first note')).toHaveCount(4)
  })
}

interface Storage {
  write: () => number
}

/** From now on the storage is full, until the function that it returns is called. */
async function breakStorage(page: Page): Promise<() => Promise<void>> {
  const worker = page.workers()[0]
  const broken = await worker?.evaluateHandle(() => {
    const { prototype } = Reflect.get(globalThis, 'FileSystemSyncAccessHandle') as { prototype: Storage }
    const { write } = prototype
    prototype.write = () => {
      throw new DOMException('The disk is full.', 'QuotaExceededError')
    }
    return { prototype, write }
  })
  return async () =>
    broken?.evaluate(({ prototype, write }) => {
      prototype.write = write
    })
}

/** From now on the engine is told nothing, until the function that this returns is called: then all of it. */
async function holdMessages(page: Page): Promise<() => Promise<void>> {
  const held = await page.evaluateHandle(() => {
    const { prototype } = Worker
    const post = Reflect.get(prototype, 'postMessage')
    const calls: (() => void)[] = []
    prototype.postMessage = function (this: Worker, ...message: unknown[]) {
      calls.push(() => void Reflect.apply(post, this, message))
    }
    return { prototype, post, calls }
  })
  return () =>
    held.evaluate(({ prototype, post, calls }) => {
      prototype.postMessage = post
      for (const call of calls) call()
    })
}
