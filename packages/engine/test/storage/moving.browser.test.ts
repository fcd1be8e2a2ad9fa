import { testMoving } from './moving.ts'

testMoving('mirror')
testMoving('jspi')
