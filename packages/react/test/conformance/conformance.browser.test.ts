import { playScenarios } from '@datasync/conformance'
import { createDriver } from './driver.tsx'

playScenarios(createDriver('React', false))
playScenarios(createDriver('React in StrictMode', true))
