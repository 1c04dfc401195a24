import { expect, test } from 'vitest'
import { cityWords } from './cities.ts'
import { provinces } from './provinces.ts'

test('a larger city of China is written in pinyin, with 市 or without', () => {
  expect(cityWords('上海')).toEqual({ zh: '上海', en: 'Shanghai' })
  expect(cityWords('西安市')).toEqual({ zh: '西安市', en: 'Xi’an' })
  expect(cityWords('香港').en).toBe('Hong Kong')
})

test('any other city stays as it is written', () => {
  for (const city of ['São Paulo', 'Köln', '某镇', '']) expect(cityWords(city)).toEqual({ zh: city, en: city })
})

test('every province but those that share their name with a smaller city has its capital in pinyin', () => {
  const capitals = provinces.map(({ cities }) => cities[0]!)
  expect(capitals.filter((city) => cityWords(city).en === city)).toEqual([])
})
