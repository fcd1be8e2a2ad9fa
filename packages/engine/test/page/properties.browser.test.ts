import { testStoredProperties } from './stored-properties.ts'

testStoredProperties({ storage: 'opfs' })
testStoredProperties({ storage: 'indexeddb', bridge: 'mirror' })
if ('Suspending' in WebAssembly) testStoredProperties({ storage: 'indexeddb', bridge: 'jspi' })
