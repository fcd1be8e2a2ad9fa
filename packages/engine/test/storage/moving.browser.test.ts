import { testLeftovers, testMoving } from './moving.ts'

testMoving('mirror')
if ('Suspending' in WebAssembly) testMoving('jspi')
testLeftovers()
