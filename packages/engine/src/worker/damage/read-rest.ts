import { PAUSE, type SlicedTask } from './sliced-task.ts'
import type { Survey } from './survey.ts'

/** Reads the pages that no tree led to: those that are free, and those that damage hides. */
export function* readRest(survey: Survey): SlicedTask<void> {
  for (let page = 1; page <= survey.pageCount; page++) {
    if (survey.wasRead(page)) continue
    yield PAUSE
    yield* survey.read(page)
  }
}
