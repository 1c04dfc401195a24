import { describe, expect, test } from 'vitest'
import { DEFAULT_PACKS_DIR, loadPacks } from '../packs.ts'
import { loadCommon } from '../reader.ts'
import { sign, voice } from './fixture.ts'
import { growGraph } from './graph.ts'
import { KnownWords } from './known.ts'
import { minePhrases } from './phrases.ts'
import { propose } from './proposals.ts'
import type { Told } from './told.ts'

const heater = loadPacks().find((pack) => pack.id === 'heater')!
const known = new KnownWords(heater, loadCommon(DEFAULT_PACKS_DIR))
const filler = (n: number) =>
  Array.from({ length: n }, (_, i) =>
    voice(`${sign(i)}${sign(i + 1)}${sign(i + 2)}${sign(i + 3)}`, { low: i % 4 === 0 }),
  )
const proposed = (told: Told[], elsewhere: string[] = []) =>
  propose(told, minePhrases(told.map((one) => one.text)), known, elsewhere)

/** A part that squeaks: its name stands beside the noise that the reader found. */
const squeaking = (n: number) =>
  Array.from({ length: n }, (_, i) => voice(`${sign(i)}摆叶簧片${sign(i + 9)}吱吱响`, { words: '吱吱响', low: true }))

describe('a proposal', () => {
  test('is a phrase that is news and keeps company with one aspect', () => {
    const [first, ...rest] = proposed([...squeaking(12), ...filler(60)])
    expect(rest).toEqual([])
    expect(first).toMatchObject({ word: '摆叶簧片', place: 'noise', list: 'terms', voices: 12, support: 12 })
    expect(first!.lift.low).toBeGreaterThan(1)
    expect(first!.low).toMatchObject({ with: 12, of: 12 })
    const { text, start, end } = first!.examples[0]!
    expect(text.slice(start, end)).toBe('摆叶簧片')
  })

  test('is not made where the phrase keeps no company, or two aspects share it', () => {
    const alone = Array.from({ length: 12 }, (_, i) => voice(`${sign(i)}摆叶簧片${sign(i + 9)}`))
    expect(proposed([...alone, ...filler(60)])).toEqual([])
    const both = squeaking(12).map((one, i) =>
      i % 2 ? { ...one, mentions: one.mentions.map((m) => ({ ...m, aspect: 'smell' })) } : one,
    )
    expect(proposed([...both, ...filler(60)])).toEqual([])
  })

  test('is not made of what other categories say as often', () => {
    const elsewhere = Array.from({ length: 60 }, (_, i) => (i < 20 ? `${sign(i)}摆叶簧片${sign(i + 5)}` : sign(i)))
    expect(proposed([...squeaking(12), ...filler(60)], elsewhere)).toEqual([])
  })

  test('is not made of what the reader has read already', () => {
    const read = squeaking(12).map((one) => ({
      ...one,
      mentions: one.mentions.map((m) => ({ ...m, start: 0, end: one.text.length })),
    }))
    expect(proposed([...read, ...filler(60)])).toEqual([])
  })

  test('of trouble in bad voices is a fault', () => {
    const told = Array.from({ length: 14 }, (_, i) =>
      voice(`${sign(i)}不通气路${sign(i + 9)}吱吱响`, { words: '吱吱响', low: true }),
    )
    expect(proposed([...told, ...filler(80)])[0]).toMatchObject({ word: '不通气路', list: 'faults' })
  })

  test('that is graded is a judging word, good or bad as its voices are', () => {
    const told = Array.from({ length: 14 }, (_, i) =>
      voice(`${sign(i)}${['很', '太', '有点', '特别', '非常'][i % 5]}呲耳${sign(i + 9)}吱吱响`, {
        words: '吱吱响',
        low: true,
      }),
    )
    expect(proposed([...told, ...filler(80)])[0]).toMatchObject({ word: '呲耳', list: 'negative' })
  })
})

describe('known words', () => {
  test('are those of the pack, of the lexicon and of every day, alone or together', () => {
    for (const phrase of ['声音', '取暖器', '非常好', '自己', '声音很大']) expect(known.has(phrase)).toBe(true)
    for (const phrase of ['摆叶簧片', '呲耳']) expect(known.has(phrase)).toBe(false)
  })
})

describe('the graph', () => {
  const at = (i: number, scene: string | null) => ({ words: '吱吱响', low: i % 10 < 8, mention: { scene } })
  const told = [
    ...Array.from({ length: 40 }, (_, i) => voice(`${sign(i)}用了两天就吱吱响`, at(i, 'sleep'))),
    ...Array.from({ length: 60 }, (_, i) =>
      voice(`${sign(i + 100)}暖和`, {
        words: '暖和',
        aspect: 'heating',
        low: i % 10 < 2,
        mention: { polarity: 'positive' },
      }),
    ),
  ]
  const graph = growGraph(told)
  const edge = (to: string) => graph.edges.find((one) => one.from === 'aspect:noise' && one.to === `noise/${to}`)

  test('has the aspect with its words, scenes, circumstances and outcomes from outside', () => {
    const ids = graph.nodes.filter((node) => node.aspect === 'noise').map((node) => node.id)
    expect(ids).toEqual([
      'aspect:noise',
      'noise/term:吱吱响',
      'noise/scene:sleep',
      'noise/cause:after_days',
      'noise/effect:low_rating',
    ])
    expect(graph.nodes[0]).toMatchObject({ voices: 40, negative: { value: 1, n: 40 } })
  })

  test('says how often two meet, how much oftener than by chance, and how sure that is', () => {
    // 32 of 40 that blame the noise rate low; of all 100, 44 do: 0.8 ÷ 0.44.
    expect(edge('effect:low_rating')).toMatchObject({ support: 32, confidence: { value: 0.8, n: 40 } })
    expect(edge('effect:low_rating')!.lift.value).toBeCloseTo(0.8 / 0.44, 9)
    expect(edge('effect:low_rating')!.q).toBeLessThan(1e-6)
    expect(edge('scene:sleep')!.lift.value).toBeCloseTo(100 / 40, 9)
  })

  test('knows no effect where nothing came from outside', () => {
    const silent = growGraph(told.map((one) => ({ ...one, low: null })))
    expect(silent.nodes.some((node) => node.layer === 'effect')).toBe(false)
  })

  test('of nothing is empty', () => {
    expect(growGraph([])).toEqual({ voices: 0, nodes: [], edges: [] })
  })
})
