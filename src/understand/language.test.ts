import { expect, test } from 'vitest'
import { loadReader } from './reader.ts'

const reader = loadReader({ weightsFile: null })
const lang = (text: string) => reader.read({ text }).lang

test('Chinese is known by its script, with Latin words and emoji in it', () => {
  expect(['很好', '這個熱水器不錯', 'iPhone 的 battery 不行😡', '666真香'].map(lang)).toEqual(['zh', 'zh', 'zh', 'zh'])
})

test('English is read on positive evidence', () => {
  expect(['The battery is great', 'not worth it', 'Do not stay here', 'makes my skin glow'].map(lang)).toEqual([
    'en',
    'en',
    'en',
    'en',
  ])
})

test('other languages are kept unread, with an empty reading', () => {
  const texts = [
    'O produto chegou antes do prazo, recomendo a loja',
    'Muito bom',
    'Super recomendo',
    'não gostei',
    'ok',
    'この商品はとても良いです',
    '品質が悪い',
    '배송이 빨라요',
    'Sehr gut, die Lieferung war schnell',
    'Très bon produit',
    'Отличный товар',
    '12345',
    '',
    '   ',
  ]
  for (const text of texts) {
    const reading = reader.read({ text })
    expect([text, reading.lang, reading.read]).toEqual([text, 'other', false])
    expect(reading).toMatchObject({ sentiment: 'neutral', score: 0, emotion: 'none', scenes: [], mentions: [] })
  }
})
