import { cpus, totalmem } from 'node:os'
import type { Machine } from '../../src/side-by-side/results.ts'

export function describeMachine(browser: string): Machine {
  return {
    platform: process.platform,
    cpus: cpus().length,
    gigabytes: Math.round(totalmem() / 1024 ** 3),
    browser,
  }
}
