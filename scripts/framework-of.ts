import type { Example } from './read-examples.ts'

/** The packages that examples can be of beside the engine. The last is no framework, but its pages import it. */
export const FRAMEWORKS = ['react', 'vue', 'svelte', 'angular', 'migrate'] as const

export type FrameworkName = (typeof FRAMEWORKS)[number]

/** That which an example imports, or its page is about, or else the heading above it. None: the engine alone. */
export function frameworkOf({ page, heading, code, language }: Example): FrameworkName | undefined {
  if (code.includes('@datasync/migrate')) return 'migrate'
  return frameworkIn(page) ?? frameworkIn(heading) ?? (isOfReact(language, code) ? 'react' : undefined)
}

function frameworkIn(text: string): FrameworkName | undefined {
  return FRAMEWORKS.find((name) => new RegExp(String.raw`\b${name}\b`, 'i').test(text))
}

function isOfReact(language: Example['language'], code: string): boolean {
  return language === 'tsx' || /\buse[A-Z]\w*\(/.test(code)
}
