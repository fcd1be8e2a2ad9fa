import { playScenarios } from '@datasync/conformance'
import { createDriver } from './driver.svelte.ts'
import QueryView from './query-view.svelte'
import StoreView from './store-view.svelte'

const ANOTHER_STORE = 'changed parameters are another store, which knows nothing of the one before'

playScenarios(createDriver('Svelte', QueryView, 'test/conformance/render-query-on-server.ts'))
playScenarios(
  createDriver('Svelte stores', StoreView, 'test/conformance/render-store-on-server.ts', {
    'keepPrevious shows the rows before as stale, until there are others': ANOTHER_STORE,
    'keepPrevious keeps rows over parameters that had none, through an error, and while it is disabled':
      ANOTHER_STORE,
  }),
)
