/** Made by build/places-plugin.ts. */
declare module 'virtual:places' {
  /** How many places there are in all files. */
  export const PLACE_TOTAL: number
  export const AREAS_URL: string
  /** In the order of their ids, which count from 1 without a gap. */
  export const PLACE_FILES: readonly { readonly url: string; readonly lastId: number }[]
}
