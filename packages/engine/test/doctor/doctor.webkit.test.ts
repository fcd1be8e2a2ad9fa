import { describe } from 'vitest'
import { startWebkit } from '../../../../scripts/start-webkit.ts'
import { testDoctor, testRefusedFiles } from './in-every-browser.ts'
import { useSelfExaminingPage } from './self-examining-page.ts'

describe('in WebKitGTK, which has no files of the origin', () => {
  const examinePage = useSelfExaminingPage(startWebkit)
  testDoctor(examinePage, ['opfs-refused'])
  testRefusedFiles(examinePage, /^This browser has no origin private file system\.$/)
})
