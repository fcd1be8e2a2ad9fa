import { playScenarios } from '@datasync/conformance'
import { driver } from './driver.ts'

playScenarios(driver)
