import type { Binding, Type } from '@angular/core'
import { TestBed } from '@angular/core/testing'
import type { Database } from '@datasync/engine'
import { render, type RenderResult } from '@testing-library/angular/zoneless'
import { afterEach, beforeEach, expect, vi } from 'vitest'
import { provideDatabase } from '../../src/index.ts'

beforeEach(() => {
  vi.spyOn(console, 'error')
  vi.spyOn(console, 'warn')
})

// Angular tells of much misuse on the console alone.
afterEach(() => {
  TestBed.resetTestingModule()
  expect(console.error).not.toHaveBeenCalled()
  expect(console.warn).not.toHaveBeenCalled()
  vi.restoreAllMocks()
})

export function renderWith<Shown>(
  db: Database,
  component: Type<Shown>,
  bindings: Binding[] = [],
): Promise<RenderResult<Shown>> {
  return render(component, { providers: [provideDatabase(() => db)], bindings })
}

/** Sets something up in the injection context of an app, outside of any component. */
export function injectWith<Value>(db: Database, setUp: () => Value): Value {
  TestBed.configureTestingModule({ providers: [provideDatabase(() => db)] })
  return TestBed.runInInjectionContext(setUp)
}

/** How many are subscribed to each live query that anybody is subscribed to. */
export function subscribers(db: Database): readonly number[] {
  return db.liveQueries.getSnapshot().flatMap((query) => (query.subscribers > 0 ? [query.subscribers] : []))
}
