/** A file, or a part of one, as a page of the documentation shows it. */
export interface ShownFile {
  readonly language: string
  readonly file: string
  readonly text: string
}

/** Those whose fence has the name of a file in brackets. */
export function filesIn(text: string): readonly ShownFile[] {
  return [...text.matchAll(/^```(\w+) \[(.+?)\]\n(.*?)^```$/gms)].map(
    ([, language = '', file = '', content = '']) => ({ language, file, text: content }),
  )
}
