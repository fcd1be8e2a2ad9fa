import { testHiding } from './hiding.ts'

testHiding({ storage: 'opfs' })
testHiding({ storage: 'indexeddb', bridge: 'mirror' })
if ('Suspending' in WebAssembly) testHiding({ storage: 'indexeddb', bridge: 'jspi' })
