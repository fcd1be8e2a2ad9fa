import { isBelowFloor } from './browser-floor.ts'

/** The first edition of JavaScript that has 64-bit integers, which no compiler can replace. */
const OLDEST_EDITION = 2020

const EDITION = /^es(\d+)$/i
const TARGET = /^([a-z]+)(\d+(?:\.\d+)*)$/i

/** What is too old of the targets that the configuration of a bundler names: `target: ['chrome87', 'es2015']`. */
export function oldTargetsInConfig(text: string): readonly string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, '')
  const values = code.matchAll(/\btarget:\s*(\[[^\]]*\]|'[^']*'|"[^"]*")/g)
  return [...values].flatMap(([, value = '']) =>
    [...value.matchAll(/['"]([^'"]*)['"]/g)].map(([, target = '']) => target).filter(isOldTarget),
  )
}

/** The same of `esbuild --target=chrome87,es2015`. */
export function oldTargetsInScript(script: string): readonly string[] {
  return [...script.matchAll(/--target=(\S+)/g)].flatMap(([, targets = '']) =>
    targets.replaceAll(/['"]/g, '').split(',').filter(isOldTarget),
  )
}

function isOldTarget(target: string): boolean {
  const [, edition] = EDITION.exec(target) ?? []
  if (edition !== undefined) return yearOf(Number(edition)) < OLDEST_EDITION
  const [, browser = '', version = ''] = TARGET.exec(target) ?? []
  return isBelowFloor(browser, Number.parseFloat(version))
}

/** `es6` is the edition of 2015. */
function yearOf(edition: number): number {
  return edition < 2000 ? edition + 2009 : edition
}
