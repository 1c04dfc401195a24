import { describe, expect, test } from 'vitest'
import type { Reading } from '../core/reading.ts'
import { correct, type ReadingChange } from './correct.ts'
import { loadReader } from './reader.ts'
import { classRow, opinionsRow } from './training-rows.ts'

const reader = loadReader({ weightsFile: null })
const pack = reader.packFor('取暖器')
const text = '😀升温很快，就是晚上睡觉风扇声音太大'
const reading = reader.read({ text, category: '取暖器' })
const noise = reading.mentions.find((mention) => mention.aspect === 'noise')!
const keyOf = ({ aspect, start, end }: { aspect: string; start: number; end: number }) => ({ aspect, start, end })

function corrected(change: ReadingChange, from: Reading = reading): Reading {
  const done = correct(text, from, change, pack)
  if (!done.ok) throw new Error(done.problem.message)
  return done.value
}
const refusal = (change: ReadingChange, from: Reading = reading) => {
  const done = correct(text, from, change, pack)
  return done.ok ? undefined : done.problem.code
}

describe('a correction', () => {
  test('of the sentiment changes nothing else', () => {
    expect(corrected({ kind: 'sentiment', to: 'negative' })).toEqual({ ...reading, sentiment: 'negative', score: -0.8 })
  })

  test('of a mention changes that mention alone, and a person is sure', () => {
    const turned = corrected({ kind: 'polarity', mention: keyOf(noise), to: 'positive' })
    expect(turned.mentions.find((one) => one.aspect === 'noise')).toEqual({
      ...noise,
      polarity: 'positive',
      confidence: 1,
    })
    expect(turned.mentions.filter((one) => one.aspect !== 'noise')).toEqual(
      reading.mentions.filter((one) => one.aspect !== 'noise'),
    )
  })

  test('takes a mention away together with the scene that only it had', () => {
    expect(reading.scenes).toContain('sleep')
    const elsewhere = reading.mentions.filter((one) => one !== noise)
    const only = elsewhere.reduce(
      (before, one) => corrected({ kind: 'scene', mention: keyOf(one), to: null }, before),
      reading,
    )
    expect(only.scenes).toContain('sleep')
    const dropped = corrected({ kind: 'drop', mention: keyOf(noise) }, only)
    expect(dropped.mentions.map((one) => one.aspect)).not.toContain('noise')
    expect(dropped.scenes).not.toContain('sleep')
  })

  test('adds what was missed by the words that say it, without the blanks around them', () => {
    const start = text.indexOf('风扇声音太大')
    const bare = corrected({ kind: 'drop', mention: keyOf(noise) })
    const added = corrected(
      { kind: 'add', aspect: 'noise', polarity: 'negative', scene: 'sleep', start, end: text.length },
      bare,
    )
    const mention = added.mentions.find((one) => one.aspect === 'noise')!
    expect(text.slice(mention.start, mention.end)).toBe('风扇声音太大')
    expect(mention.term! + mention.opinion!).toBe('风扇声音太大')
    expect(added.scenes).toContain('sleep')
  })

  test('is refused for what the pack, the text or the reading does not have', () => {
    const add = { kind: 'add', polarity: 'negative', scene: null, start: 2, end: 6 } as const
    expect(refusal({ ...add, aspect: 'tastiness' })).toBe('correction_unknown')
    expect(refusal({ ...add, aspect: 'noise', scene: 'moon' })).toBe('correction_unknown')
    expect(refusal({ ...add, aspect: 'noise', start: 900, end: 905 })).toBe('correction_span')
    expect(refusal({ ...add, aspect: 'noise', start: 1, end: 3 })).toBe('correction_span')
    expect(refusal({ kind: 'drop', mention: { aspect: 'noise', start: 0, end: 1 } })).toBe('correction_stale')
    expect(refusal({ kind: 'aspect', mention: keyOf(noise), to: 'nothing' })).toBe('correction_unknown')
    expect(refusal({ ...add, aspect: 'noise', start: noise.start, end: noise.end })).toBe('correction_double')
  })
})

describe('training rows', () => {
  test('carry the sentiment as a label', () => {
    expect(classRow(text, corrected({ kind: 'sentiment', to: 'mixed' }))).toEqual({ text, label: 'mixed' })
  })

  test('carry quadruples whose offsets count characters, not UTF-16 units', () => {
    const { quads } = opinionsRow(text, reading, (id) => (id === 'noise' ? '噪音' : id))
    const quad = quads.find((one) => one.category === '噪音')!
    expect(quad.polarity).toBe('负面')
    const characters = [...text]
    for (const span of quads.flatMap(({ aspect, opinion }) => [aspect, opinion]).filter((one) => one !== null))
      expect(characters.slice(span[1], span[2]).join('')).toBe(span[0])
    expect(quads.every(({ aspect, opinion }) => aspect ?? opinion)).toBeTruthy()
  })
})
