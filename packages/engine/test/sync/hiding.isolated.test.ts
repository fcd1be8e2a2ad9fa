import { testHiding } from './hiding.ts'

testHiding({ storage: 'indexeddb', bridge: 'sab' })
