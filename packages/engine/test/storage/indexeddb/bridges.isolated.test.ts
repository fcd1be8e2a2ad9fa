import { testBridge } from './bridges.ts'

testBridge('sab')
testBridge('mirror')
