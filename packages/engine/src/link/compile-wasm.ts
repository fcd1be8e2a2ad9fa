/**
 * Compiles a WebAssembly file as it arrives, if the browser allows that for its media type. Not in Firefox: there, one
 * that is compiled as it arrives is lost to the whole browser if who compiles it ends meanwhile, and who asks for it
 * afterwards waits for ever (seen in 140).
 */
export async function compileWasm(response: Response, type: string): Promise<WebAssembly.Module> {
  const canStream = type === 'application/wasm' && !isFirefox()
  return canStream
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer())
}

/** The other engines call themselves like Gecko, but give no version of it. */
function isFirefox(): boolean {
  return typeof navigator === 'object' && navigator.userAgent.includes(' Gecko/')
}
