import type { FrameworkName } from './framework-of.ts'
import type { Example } from './read-examples.ts'

export type ComponentFramework = Exclude<FrameworkName, 'migrate'>

type Code = Pick<Example, 'language' | 'code'>

const IMPORT = /^import [^\n]*$/gm
const MOUNTS = /\b(?:createRoot|createApp|render|bootstrapApplication)\(/

/** An example as a module that mounts itself, or that exports a component. */
export function toComponent(framework: ComponentFramework, example: Code): Code {
  return MOUNTS.test(example.code) ? asModule(example) : TO_COMPONENT[framework](example)
}

const TO_COMPONENT: Readonly<Record<ComponentFramework, (example: Code) => Code>> = {
  react: reactComponent,
  vue: vueComponent,
  svelte: svelteComponent,
  angular: angularComponent,
}

function asModule({ language, code }: Code): Code {
  const [, script] = /^<script setup lang="ts">(.*)<\/script>\s*$/s.exec(code) ?? []
  // Without anything that is imported or exported it would not be taken for a module.
  return script === undefined ? { language, code: `${code}export {}\n` } : { language: 'ts', code: script }
}

/** The last that it has: it mounts those above. Hooks alone become one. */
function reactComponent({ code }: Code): Code {
  const last = [...code.matchAll(/^(?:export )?(?:function|const) ([A-Z]\w*)/gm)].at(-1)?.[1]
  if (last === 'Example') return { language: 'tsx', code }
  if (last !== undefined) return { language: 'tsx', code: `${code}export { ${last} as Example }\n` }
  const imports = code.match(IMPORT) ?? []
  const hooks = code.replace(IMPORT, '').replace('export {}', '').trim()
  const buttons = callsOf(code).map((call) => `<button onClick={() => ${call}} />`)
  const body = `${hooks}\nreturn <>${buttons.join('')}</>`
  return { language: 'tsx', code: `${imports.join('\n')}\nexport function Example() {\n${body}\n}\n` }
}

function vueComponent({ language, code }: Code): Code {
  if (language !== 'vue' && !/\buse[A-Z]\w*[<(]/.test(code)) return { language, code }
  const script = language === 'vue' ? code : `<script setup lang="ts">\n${code}</script>\n`
  const buttons = callsOf(code).map((call) => `<button @click="${call}" />`)
  const template = code.includes('<template') ? '' : `<template><div>${buttons.join('')}</div></template>\n`
  return { language: 'vue', code: `${script}${template}` }
}

/** Queries are asked as soon as something shows them. */
function svelteComponent({ language, code }: Code): Code {
  if (language !== 'svelte' || /<\/script>\s*\S/.test(code)) return { language, code }
  const shown = [...code.matchAll(/const (\w+) = create(?:Infinite)?Query\b/g)].map(
    ([, name]) => `{${name}.status}`,
  )
  const buttons = callsOf(code).map((call) => `<button onclick={() => ${call}}>Do</button>`)
  return { language, code: `${code}${shown.join('')}${buttons.join('')}\n` }
}

/** A class that is none becomes one, so that it is made where it may inject. */
function angularComponent({ language, code }: Code): Code {
  const buttons = callsOf(code).map((call) => `<button (click)="${call}"></button>`)
  const decorator = `@Component({ selector: 'an-example', template: '${buttons.join('')}' })`
  const whole = /^@Component|^export const/m.test(code)
    ? code
    : code.replace(/^(?:export )?class /m, `${decorator}\nexport class `)
  // The compiler knows them by where they are imported from.
  const taken = ['Component', 'computed', 'inject', 'input'].filter(
    (name) => mentions(whole, `\\b${name}\\b`) && !mentions(whole, `^import .*\\b${name}\\b`),
  )
  return { language, code: `${whole}import { ${taken.join(', ')} } from '@angular/core'\n` }
}

/** The calls by which what it declares and nobody uses is used: handlers, and mutations that are functions. */
function callsOf(code: string): string[] {
  const handlers = [...code.matchAll(/(\w+) = \(\) =>/g)].map(([, name]) => `${name}()`)
  const mutations = [...code.matchAll(/(\w+) = \w+Mutation\(\s*\(/g)].map(([, name]) => `${name}.mutate()`)
  return [...handlers, ...mutations]
}

function mentions(code: string, pattern: string): boolean {
  return new RegExp(pattern, 'm').test(code)
}
