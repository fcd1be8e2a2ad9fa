/** Something that the engine cannot do without. */
export interface BrowserFeature {
  readonly name: string
  /** The first versions that have it. */
  readonly since: Readonly<Record<'chrome' | 'firefox' | 'safari', string>>
  /** Whether only pages have it that came by HTTPS, or from localhost. */
  readonly isSecure: boolean
  readonly isThere: () => boolean
}

export const BROWSER_FEATURES: readonly BrowserFeature[] = [
  {
    name: 'Web Locks',
    since: { chrome: '69', firefox: '96', safari: '15.4' },
    isSecure: true,
    isThere: () => 'locks' in navigator,
  },
  {
    name: 'broadcast channels',
    since: { chrome: '54', firefox: '38', safari: '15.4' },
    isSecure: false,
    isThere: () => 'BroadcastChannel' in globalThis,
  },
  {
    name: 'random UUIDs',
    since: { chrome: '92', firefox: '95', safari: '15.4' },
    isSecure: true,
    isThere: () => 'randomUUID' in crypto,
  },
  {
    name: 'WebAssembly with 64-bit integers',
    since: { chrome: '85', firefox: '78', safari: '15' },
    isSecure: false,
    isThere: () => 'WebAssembly' in globalThis && 'BigInt64Array' in globalThis,
  },
]
