const EXTENSIONS = ['ts', 'js', 'mts', 'mjs', 'cts', 'cjs']

/** What a file of configuration can be called. */
export function configNames(name: string): readonly string[] {
  return EXTENSIONS.map((extension) => `${name}.${extension}`)
}
