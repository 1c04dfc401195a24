import { describe, expect, test } from 'vitest'
import { withoutCopies } from '../copies.ts'
import { sign, voice } from '../graph/fixture.ts'
import { KnownWords } from '../graph/known.ts'
import { DEFAULT_PACKS_DIR, loadPacks } from '../packs.ts'
import { loadCommon } from '../reader.ts'
import { cluster } from './clusters.ts'
import { findTopics } from './rising.ts'

const heater = loadPacks().find((pack) => pack.id === 'heater')!
const known = new KnownWords(heater, loadCommon(DEFAULT_PACKS_DIR))
const filler = (n: number, from: number) =>
  Array.from({ length: n }, (_, i) => voice(`${sign(from + i)}${sign(from + i + 1)}${sign(from + i + 2)}`))
const saying = (n: number, from: number, words: string, low = true) =>
  Array.from({ length: n }, (_, i) =>
    voice(`${sign(from + i)}${words}${sign(from + i * 3)}${sign(from + i * 5 + 1)}`, { low }),
  )

describe('topics', () => {
  test('are phrases that rise, with growth, certainty, badness and quotes', () => {
    const now = [...saying(20, 0, '遥臂脱扣'), ...filler(80, 500)]
    const before = [...saying(4, 2000, '遥臂脱扣'), ...filler(396, 3000)]
    const topics = findTopics(now, before, known)
    expect(topics).toHaveLength(1)
    // 20 of 100 against 4 of 400: twenty times as often.
    expect(topics[0]).toMatchObject({
      name: '遥臂脱扣',
      now: { voices: 20, total: 100 },
      before: { voices: 4, total: 400 },
      isNew: false,
      negative: { value: 1, n: 20 },
      basis: 'outcome',
    })
    expect(topics[0]!.growth.value).toBeCloseTo(20, 9)
    expect(topics[0]!.growth.low).toBeGreaterThan(1)
    expect(topics[0]!.q).toBeLessThan(1e-9)
    for (const { text, start, end } of topics[0]!.examples) expect(text.slice(start, end)).toBe('遥臂脱扣')
  })

  test('that nobody named before are new, and their growth has a finite interval', () => {
    const [topic] = findTopics([...saying(12, 0, '遥臂脱扣'), ...filler(80, 500)], filler(300, 3000), known)
    expect(topic).toMatchObject({ isNew: true, before: { voices: 0 } })
    expect(Number.isFinite(topic!.growth.high)).toBe(true)
  })

  test('said by the same voices are one topic, others stand apart', () => {
    const together = Array.from({ length: 14 }, (_, i) =>
      voice(`${sign(i)}遥臂脱扣${sign(i * 3)}，${sign(i + 7)}簧座开胶${sign(i * 5)}`),
    )
    const now = [...together, ...saying(12, 800, '磁吸滑丝'), ...filler(90, 1500)]
    const names = findTopics(now, filler(300, 3000), known).map((topic) => [...topic.phrases].sort())
    expect(names).toEqual([['簧座开胶', '遥臂脱扣'].sort(), ['磁吸滑丝']])
  })

  test('are none where a phrase is as frequent as before, known to the pack, or copied', () => {
    const steady = findTopics(
      [...saying(10, 0, '遥臂脱扣'), ...filler(90, 500)],
      [...saying(40, 2000, '遥臂脱扣'), ...filler(360, 3000)],
      known,
    )
    expect(steady).toEqual([])
    expect(findTopics([...saying(20, 0, '声音太大'), ...filler(80, 500)], filler(300, 3000), known)).toEqual([])
    const copied = Array.from({ length: 20 }, () => voice('这个遥臂脱扣真是让人想不到的一件事情啊'))
    expect(findTopics([...copied, ...filler(80, 500)], filler(300, 3000), known)).toEqual([])
  })

  test('of nothing are none', () => {
    expect(findTopics([], [], known)).toEqual([])
    expect(findTopics(saying(12, 0, '遥臂脱扣'), [], known)).toEqual([])
  })
})

describe('copies', () => {
  test('of a text go, short texts and different ones stay', () => {
    const text = '半夜里机器自己响起来，第二天客服说换货却没有人联系我'
    const texts = [text, `${text}！`, `好评。${text}`, '很好', '很好', '半夜里很安静，第二天也一样没有什么可以说的地方']
    expect(withoutCopies(texts)).toEqual([0, 3, 4, 5])
  })
})

describe('clusters', () => {
  test('join by average nearness until nothing is near enough', () => {
    const places = [0, 1, 2, 10, 11, 30]
    const near = (a: number, b: number) => 1 / (1 + Math.abs(places[a]! - places[b]!))
    const groups = cluster(places.length, near, 0.3).map((group) => [...group].sort())
    expect(groups).toEqual([[0, 1, 2], [3, 4], [5]])
  })
})
