import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress } from 'node:zlib'

export type FileKind = 'html' | 'js' | 'wasm' | 'data'

/** A file as it crosses the wire. */
export interface BuiltFile {
  readonly kind: FileKind
  readonly type: string
  /** Compressed by brotli. */
  readonly bytes: Uint8Array
}

/** By the path of the address. */
export type BuiltFiles = ReadonlyMap<string, BuiltFile>

const KINDS: Readonly<Record<string, Pick<BuiltFile, 'kind' | 'type'>>> = {
  '.html': { kind: 'html', type: 'text/html' },
  '.js': { kind: 'js', type: 'text/javascript' },
  '.mjs': { kind: 'js', type: 'text/javascript' },
  '.wasm': { kind: 'wasm', type: 'application/wasm' },
}
const OTHERS = { kind: 'data', type: 'application/octet-stream' } as const

/** Reads what was built, and compresses it beforehand, as for a server of static files. */
export async function readBuiltFiles(folder: string): Promise<BuiltFiles> {
  const paths = globSync('**/*.*', { cwd: folder })
  const entries = await Promise.all(
    paths.map(async (path) => {
      const kind = KINDS[extname(path)] ?? OTHERS
      const bytes = await promisify(brotliCompress)(await readFile(join(folder, path)))
      const address = `/${path.replaceAll('\\', '/')}`
      return [address === '/index.html' ? '/' : address, { ...kind, bytes }] as const
    }),
  )
  return new Map(entries)
}
