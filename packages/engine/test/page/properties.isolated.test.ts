import { testStoredProperties } from './stored-properties.ts'

// A page may be isolated and share no memory all the same.
if (typeof SharedArrayBuffer === 'function') testStoredProperties({ storage: 'indexeddb', bridge: 'sab' })
