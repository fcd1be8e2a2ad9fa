import { testBridge } from './bridges.ts'

testBridge('mirror')
if ('Suspending' in WebAssembly) testBridge('jspi')
