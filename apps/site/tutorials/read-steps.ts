import { readFileSync } from 'node:fs'

/** What a reader of a tutorial does: runs a command, or writes a file. */
export type Step =
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'file'; readonly path: string; readonly content: string }

const FENCE = /^```(\w+)(?: file=(\S+))?\n(.*?)^```$/gms

/** The steps of a tutorial, in the order of its page. A block that is neither a command nor a file is refused. */
export function readSteps(page: string): readonly Step[] {
  return [...readFileSync(page, 'utf8').matchAll(FENCE)].flatMap(
    ([block, language, path, content = '']): Step[] => {
      if (path !== undefined) return [{ kind: 'file', path, content }]
      if (language !== 'sh') throw new Error(`Nobody would know where this belongs:\n${block}`)
      return content
        .trim()
        .split('\n')
        .map((command) => ({ kind: 'command', command }))
    },
  )
}
