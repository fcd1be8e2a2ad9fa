/** Made by build/cities-plugin.ts. */
declare module 'virtual:cities' {
  /** A JSON file of arrays: name, country, latitude, longitude. */
  export const CITIES_URL: string
}
