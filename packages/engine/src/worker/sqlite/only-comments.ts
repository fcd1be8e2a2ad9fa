/** Whether a text of SQL says nothing. */
export function isOnlyComments(text: string): boolean {
  return text.replaceAll(/--[^\n]*|\/\*[^]*?(\*\/|$)|[\s;]/g, '') === ''
}
