import { testMoving } from './moving.ts'

testMoving('sab')
