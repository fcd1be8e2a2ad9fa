// oxlint-disable-next-line import/no-unassigned-import -- in tests, the Vite plugin leaves Angular's own packages half compiled
import '@angular/compiler'
import { getTestBed } from '@angular/core/testing'
import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing'

getTestBed().initTestEnvironment(BrowserTestingModule, platformBrowserTesting())
