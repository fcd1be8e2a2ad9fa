/** Whether this is a browser's error of that name. Browsers disagree on the classes, not on the names. */
export function hasErrorName(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === name
}
