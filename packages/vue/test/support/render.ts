import { expectSilentConsole } from '@datasync/conformance'
import type { Database } from '@datasync/engine'
import { cleanup, configure, render, type RenderResult } from '@testing-library/vue'
import type { Component } from 'vue'
import { onTestFinished } from 'vitest'
import { dataSync } from '../../src/index.ts'

configure({ asyncUtilTimeout: 10_000 })

expectSilentConsole(cleanup)

export function renderWith(db: Database, component: Component): RenderResult {
  return render(component, { global: { plugins: [dataSync(db)] } })
}

export interface SetUp<Result> {
  readonly result: Result
  readonly unmount: () => void
}

/** What composables give in the `setup` of a component that draws nothing of it. */
export function setUpWith<Result>(db: Database, setUp: () => Result): SetUp<Result> {
  const results: Result[] = []
  const view = renderWith(db, {
    setup: () => {
      results.push(setUp())
      return () => null
    },
  })
  const [result] = results
  if (result === undefined) throw new Error('The component was not set up.')
  return { result, unmount: () => view.unmount() }
}

/** Every text that is on the page from here on, one after another. */
export function watchTexts(container: Element): readonly string[] {
  const texts: string[] = [container.textContent]
  const observer = new MutationObserver(() => {
    if (container.textContent !== texts.at(-1)) texts.push(container.textContent)
  })
  observer.observe(container, { subtree: true, childList: true, characterData: true })
  onTestFinished(() => observer.disconnect())
  return texts
}
