import { expect, test } from 'vitest'
import { loadReader } from './reader.ts'

const readers = { 'packs alone': loadReader({ weightsFile: null }), 'packs and weights': loadReader() }

/** Text, category, and all that must be said of aspects, in order. */
const cases: [string, string, string[]][] = [
  // 没有 denies the phrase before it only where it speaks of nothing else.
  ['边角圆润没有毛刺', '家具', ['finish positive']],
  ['不刺眼也没有电流声', '台灯', ['eye_comfort positive', 'noise positive']],
  ['坏果也没有', '水果', ['freshness positive']],
  ['漏水一点也没有', '马桶', ['leak positive']],
  ['漏水没有出现过', '马桶', ['leak positive']],
  // Names that are joined, or adjoin as equals, share what is said.
  ['画质音质都不错', '电视', ['picture positive', 'sound positive']],
  ['价格包装都很满意', '水果', ['price positive', 'packaging positive']],
  ['superb sound and picture quality', 'tv', ['sound positive', 'picture positive']],
  ['terrible sound and picture quality', 'tv', ['sound negative', 'picture negative']],
  // A name that begins inside a judging word is part of it, and a negator before a phrase stays one.
  ['没毛病', '洗发水', []],
  ['没效果', '护肤品', ['effect negative']],
  ['不是很合脚', '鞋', ['size_fit negative']],
  ['没有异响', '洗衣机', ['noise positive']],
  // A word that a phrase does not take speaks for itself.
  ['穿着舒服又暖和', '鞋', ['comfort positive', 'warmth positive']],
  // A concession is none.
  ['不是不亮，是太亮了', '台灯', ['brightness negative']],
  ['不是说不好用，是太贵了', '手机', ['price negative']],
  ['不是不甜，是太酸', '水果', ['taste negative']],
  ['油墨味也大', '图书', ['printing negative']],
]

for (const [name, reader] of Object.entries(readers)) {
  test.each(cases)(`%s (${name})`, (text, category, expected) => {
    const said = reader.read({ text, category }).mentions.map(({ aspect, polarity }) => `${aspect} ${polarity}`)
    expect(said).toEqual(expected)
  })
}

test('a person is not read out of two words that adjoin', () => {
  const scenes = (text: string) => readers['packs alone'].read({ text, category: '牛奶' }).scenes
  expect(scenes('牛奶奶味很浓')).toEqual([])
  expect(scenes('给奶奶买的')).toEqual(['elderly'])
})

test.each([
  ['Blurry picture, washed out colours', 'tv', 'en'],
  ['Leaked through every night, never again', 'diapers', 'en'],
  ['Qualità pessima, colore sbiadito', 'tv', 'other'],
  ['Schlechtes Material', 'tv', 'other'],
  ['Material frágil, design simples', 'furniture', 'other'],
])('“%s” of %s is read as %s', (text, category, lang) => {
  expect(readers['packs alone'].read({ text, category }).lang).toBe(lang)
})
