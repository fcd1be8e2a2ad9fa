import { suspendedScenarios } from './suspended-scenarios.ts'

suspendedScenarios()
