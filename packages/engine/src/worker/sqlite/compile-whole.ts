/**
 * Has WebAssembly be compiled from all its bytes at once in Firefox, where one that is compiled as it arrives is
 * lost to the whole browser if its worker ends meanwhile: who asks for it afterwards waits for ever (seen in 140).
 */
export function compileWholeInFirefox(): void {
  if (!isFirefox()) return
  WebAssembly.instantiateStreaming = async (source, imports) => {
    const response = await source
    return WebAssembly.instantiate(await response.arrayBuffer(), imports)
  }
}

/** The other engines call themselves like Gecko, but give no version of it. */
function isFirefox(): boolean {
  return typeof navigator === 'object' && navigator.userAgent.includes(' Gecko/')
}
