import { testMoving } from './moving.ts'

testMoving('mirror')
if ('Suspending' in WebAssembly) testMoving('jspi')
