import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const LIST = /^export (type )?\{([^}]*)\}/gm
const DECLARATION = /^export (?:async )?(?:function|const|class) (\w+)/gm

const ENGINE = ['engine', 'engine/hydration', 'engine/testing']

/** The imports for what an example of this package mentions and does not declare. Its own names go first. */
export function importsOf(name: string, code: string): string {
  const taken = new Set<string>()
  const lines = [...new Set([name, ...ENGINE])].flatMap((entry) =>
    exportsOf(entry).flatMap(({ exported, kind }) => {
      if (taken.has(exported) || !mentions(code, exported)) return []
      taken.add(exported)
      return [`import ${kind}{ ${exported} } from '@datasync/${entry}'\n`]
    }),
  )
  return lines.join('')
}

function mentions(code: string, name: string): boolean {
  const declared = new RegExp(
    String.raw`\b(?:const|function|class|type|interface) ${name}\b|^import .*\b${name}\b`,
    'm',
  )
  return new RegExp(String.raw`\b${name}\b`).test(code) && !declared.test(code)
}

interface Export {
  readonly exported: string
  readonly kind: '' | 'type '
}

function exportsOf(entry: string): readonly Export[] {
  const [folder = '', file = 'index'] = entry.split('/')
  const text = readFileSync(join(ROOT, 'packages', folder, 'src', `${file}.ts`), 'utf8')
  const listed = [...text.matchAll(LIST)].flatMap(({ 1: type, 2: names = '' }) =>
    [...names.matchAll(/\w+/g)].map(([exported]): Export => ({
      exported,
      kind: type === undefined ? '' : 'type ',
    })),
  )
  const declared = [...text.matchAll(DECLARATION)].map(({ 1: exported = '' }): Export => ({
    exported,
    kind: '',
  }))
  return [...listed, ...declared]
}
