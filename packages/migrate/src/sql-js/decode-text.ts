import { bytesOfNumbers } from './bytes-of-numbers.ts'

/** What a database begins with, as a character for each byte. */
const MAGIC = 'SQLite format 3\0'
/** The same in the two forms that are told by it. */
const MAGIC_BASE64 = 'U1FMaXRlIGZvcm1hdCAz'
const MAGIC_HEX = '53514c69746520666f726d6174203300'
const DATA_URL = /^data:[^,]*;base64,/i
/** localforage puts it before the base64 of a typed array, with four letters for its type. */
const FORAGE = /^__lfsc__:[a-z0-9]{4}/

/** The bytes of a database out of a text; undefined if it is in no form that is known. */
export function decodeText(text: string): Uint8Array<ArrayBuffer> | undefined {
  const base64 = text.replace(DATA_URL, '').replace(FORAGE, '').trim()
  if (base64.startsWith(MAGIC_BASE64)) return decodeBase64(base64)
  if (text.startsWith(MAGIC)) return decodeCharacters(text)
  if (text.slice(0, MAGIC_HEX.length).toLowerCase() === MAGIC_HEX) return decodeHex(text)
  if (/^\s*[[{]/.test(text)) return decodeJson(text)
  if (/^\s*83\s*,\s*81\s*,/.test(text)) return decodeJson(`[${text}]`)
  return undefined
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return decodeCharacters(atob(text.replaceAll('-', '+').replaceAll('_', '/')))
  } catch {
    return undefined
  }
}

function decodeCharacters(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code > 255) return undefined
    bytes[index] = code
  }
  return bytes
}

function decodeHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) return undefined
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(index * 2, index * 2 + 2), 16),
  )
}

function decodeJson(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return bytesOfNumbers(JSON.parse(text))
  } catch {
    return undefined
  }
}
