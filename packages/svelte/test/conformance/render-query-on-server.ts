import type { RenderOnServer } from '@datasync/conformance'
import { renderView } from './render-view.ts'
import View from './query-view.svelte'

export const renderOnServer: RenderOnServer = (asked, state) => renderView(View, asked, state)
