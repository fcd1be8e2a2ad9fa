/**
 * What an app has kept of `database.export()`: the bytes, or a text or list that it made of them. Texts may be
 * base64 (a data URL as well), hexadecimal, JSON, numbers with commas, or a character for each byte.
 */
export type SqlJsBytes = Uint8Array | ArrayBuffer | Blob | string | readonly number[]

/** Where an app has kept it. */
export type SqlJsPlace =
  | {
      readonly indexedDB: { readonly database: string; readonly store: string; readonly key: IDBValidKey }
    }
  | { readonly localStorage: string }
  | {
      /** `name` and `storeName` are those of `localforage.config()`. */
      readonly localforage: {
        readonly key: string
        readonly name?: string | undefined
        readonly storeName?: string | undefined
      }
    }

/** A function is called only if the import was not done before; by undefined it says that there is nothing. */
export type SqlJsSource =
  SqlJsBytes | SqlJsPlace | (() => Promise<SqlJsBytes | undefined> | SqlJsBytes | undefined)
