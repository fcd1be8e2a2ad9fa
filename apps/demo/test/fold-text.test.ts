import { expect, test } from 'vitest'
import { foldText } from '../src/data/fold-text.ts'

test.each([
  ['Łódź', 'lodz'],
  ['Tromsø', 'tromso'],
  ['Reykjavík', 'reykjavik'],
  ['Großräschen', 'grossraschen'],
  ['Iğdır', 'igdir'],
  ['İstanbul', 'istanbul'],
  ['Qal‘ah-ye Kūf', 'qalah ye kuf'],
  ["Sant'Elena", 'santelena'],
  ['Zürich (Kreis 11) / Oerlikon', 'zurich kreis 11 oerlikon'],
  ['Hawaiʻi', 'hawaii'],
  ['  ', ''],
])('folds %s to %s', (text, folded) => {
  expect(foldText(text)).toBe(folded)
})
