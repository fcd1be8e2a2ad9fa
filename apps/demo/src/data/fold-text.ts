/** Letters that Unicode does not take apart into a base letter and a mark. */
const STROKED_LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae',
  ð: 'd',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  œ: 'oe',
  ß: 'ss',
  þ: 'th',
}

/**
 * Text as it is searched and sorted: lower case, without diacritics, words apart by one space.
 * The names in the database and the words that are typed pass through here alike, so that
 * "lodz" finds "Łódź" and "Łódź" finds "Lodz".
 */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[æðđħıłøœßþ]/g, (letter) => STROKED_LETTERS[letter] ?? letter)
    .replace(/[\p{M}\p{Lm}'’‘`´]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
