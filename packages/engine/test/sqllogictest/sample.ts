const files = import.meta.glob<string>('./sample/*.test', { query: '?raw', import: 'default', eager: true })

/** The scripts that are part of the repository, by the name of their file. */
export const SAMPLE: ReadonlyMap<string, string> = new Map(
  Object.entries(files).map(([path, text]) => [path.replace('./sample/', ''), text]),
)
