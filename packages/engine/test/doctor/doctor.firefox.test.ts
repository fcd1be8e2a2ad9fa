import { describe } from 'vitest'
import { startFirefox } from '../../../../scripts/start-firefox.ts'
import { testDoctor, testRefusedFiles } from './in-every-browser.ts'
import { useSelfExaminingPage } from './self-examining-page.ts'

describe('in Firefox', () => {
  testDoctor(useSelfExaminingPage(startFirefox), ['not-persisted'])
})

describe('in a private window of Firefox', () => {
  const examinePage = useSelfExaminingPage((url) => startFirefox(url, ['--private-window']))
  testRefusedFiles(examinePage, /as private windows do \(SecurityError/)
})
