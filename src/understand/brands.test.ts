import { describe, expect, test } from 'vitest'
import { loadReader } from './reader.ts'

const reader = loadReader({ weightsFile: null })
const named = (text: string, category?: string) =>
  reader.read({ text, category }).brands.map(({ id, role, start, end }) => `${text.slice(start, end)} ${id} ${role}`)

describe('a brand', () => {
  test.each([
    ['比格力便宜', '热水器', '格力 gree rival'],
    ['不如海尔的好', '热水器', '海尔 haier rival'],
    ['换成万和了', '热水器', '万和 vanward rival'],
    ['以前用的史密斯比这个强', '热水器', '史密斯 aosmith rival'],
    ['还是买华为吧', '手机', '华为 huawei rival'],
    ['Not as good as my old Samsung phone', '手机', 'Samsung samsung rival'],
    ['I switched to Sony and never looked back', undefined, 'Sony sony rival'],
    ['海尔的质量一直不错', '热水器', '海尔 haier brand'],
    ['苹果手机就是流畅', undefined, '苹果 apple brand'],
    ['用的顺丰，很快', undefined, '顺丰 sf brand'],
    ['一直比较信赖海尔', '热水器', '海尔 haier brand'],
  ])('%s', (text, category, wanted) => {
    expect(named(text, category)).toEqual([wanted])
  })

  test.each([
    ['苹果很甜', '水果'],
    ['挺美的', '衣服'],
    ['煮了小米粥', undefined],
    ['声音很sharp', undefined],
    ['东西很好', '手机'],
  ])('is not seen in %s', (text, category) => {
    expect(named(text, category)).toEqual([])
  })

  test('is named once, as a rival where it is one', () => {
    expect(named('海尔我也有一台，但是不如海尔安静', '热水器')).toEqual(['海尔 haier rival'])
  })
})
