import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { edgesFit } from './edges.ts'
import { sign } from './fixture.ts'
import { minePhrases } from './phrases.ts'
import { unitsOf } from './units.ts'

/** Sentences of many surroundings with a phrase in them. */
const around = (phrase: string, n: number) => {
  const [before, after] = ['前台说早晚里外大小左右东西南北'.split(''), '响动坏停掉落裂弯松歪斜漏抖晃'.split('')]
  return Array.from({ length: n }, (_, i) => `${before[i % before.length]}${phrase}${after[(i * 5) % after.length]}`)
}
/** Enough other text that a phrase is rare in it. */
const rest = Array.from({ length: 200 }, (_, i) => `${sign(i)}${sign(i * 3 + 1)}${sign(i * 7 + 2)}`)
const mine = (texts: string[], capacity?: number) => minePhrases([...texts, ...rest], { least: 4, capacity })
const found = (texts: string[]) => mine(texts).map((phrase) => phrase.text)

describe('phrases', () => {
  test('are found without a dictionary, with the number of texts that hold them', () => {
    const phrases = mine([...around('遥控器', 20), ...around('电源线', 16)])
    expect(phrases.map(({ text, texts }) => [text, texts])).toEqual([
      ['遥控器', 20],
      ['电源线', 16],
    ])
  })

  test('are whole: a part that stands within them alone is none', () => {
    expect(found(around('遥控器', 20))).not.toContain('遥控')
    expect(found([...around('遥控器', 20), ...around('遥控', 20)])).toContain('遥控')
  })

  test('longer than eight are known by their beginning', () => {
    const long = found(around('拧两圈半才勉强关得上门', 20))
    expect(long).toContain('拧两圈半才勉强关')
    expect(long.some((phrase) => phrase.length > 8)).toBe(false)
  })

  test('do not reach over a mark of punctuation', () => {
    expect(found(around('遥，控', 20))).toEqual([])
  })

  test('of words are found in English as of characters in Chinese, a model’s digits with it', () => {
    const texts = Array.from({ length: 12 }, (_, i) => `${'abcdefghijkl'[i]}${i}x power cord ${'mnopqrstuvwx'[i]}${i}y`)
    expect(found(texts)).toContain('power cord')
    expect(found(around('mp3播放', 20))).toContain('mp3播放')
  })

  test('with more sequences than fit in memory are the frequent ones', () => {
    const texts = [...around('遥控器', 40), ...around('电源线', 6)]
    const kept = mine(texts, 8).map((phrase) => phrase.text)
    expect(kept).toContain('遥控器')
    expect(kept).not.toContain('电源线')
    expect(mine(texts).map((phrase) => phrase.text)).toContain('电源线')
  })

  test('count a text once, however often it says them', () => {
    const texts = around('遥控器', 12).map((text) => `${text}，${text}`)
    expect(mine(texts)[0]).toMatchObject({ text: '遥控器', texts: 12 })
  })

  test('never begin or end with a word of the sentence', () => {
    for (const phrase of ['的遥控器', '遥控器的', 'the cord', 'cord is']) expect(edgesFit(phrase)).toBe(false)
    for (const phrase of ['遥控器', 'power cord', '不制冷']) expect(edgesFit(phrase)).toBe(true)
  })
})

test('units keep their places in any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const units = unitsOf(text)
      const ends = [0, ...units.ends.subarray(0, units.length)]
      const wrong = ends.findIndex(
        (end, i) => i < units.length && !(end <= units.starts[i]! && units.starts[i]! < units.ends[i]!),
      )
      expect(wrong).toBe(-1)
      expect(ends.at(-1)).toBeLessThanOrEqual(text.length)
    }),
  )
})
