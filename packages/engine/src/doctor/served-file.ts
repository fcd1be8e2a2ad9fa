/** How a server answered for a file. */
export interface ServedFile {
  readonly url: string
  readonly status: number
  /** The media type, without its parameters; empty if none was sent. */
  readonly type: string
}

export function servedAs({ url, status, headers }: Response): ServedFile {
  const [type = ''] = (headers.get('content-type') ?? '').split(';')
  return { url, status, type: type.trim().toLowerCase() }
}
