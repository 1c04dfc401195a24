import { expect, test } from 'vitest'
import type { Told } from '../../crf/relations.ts'
import { decide, type SaidLink } from '../../neural/relation-reading.ts'
import { bothTiers } from './both-tiers.ts'

const frame = { categories: ['价格', '物流'], polarities: ['正面', '负面'], alternatives: false }
const at = (start: number, end: number) => ({ start, end })

test('what is told is what both tiers are sure of together, in the order of the places', async () => {
  const strong: SaidLink[] = [
    { a: at(5, 7), b: at(7, 9), classes: [1, 1], confidence: 0.9 },
    { a: null, b: at(0, 3), classes: [0, 0], confidence: 0.6 },
    { a: null, b: at(10, 12), classes: [0, 0], confidence: 0.5 },
  ]
  const fast: Told[] = [
    { aspect: null, opinion: at(0, 3), category: '价格', polarity: '正面', confidence: 0.8 },
    { aspect: at(5, 7), opinion: at(7, 9), category: '物流', polarity: '负面', confidence: 0.7 },
  ]
  const reader = { candidates: () => [strong], decide: (links: readonly SaidLink[]) => decide(links, 0.4, false) }
  const predictor = bothTiers(reader, { candidates: () => fast }, frame)
  const rows = [{ text: '很便宜，物流太慢了，好', domain: 'laptop', relations: null, raw: {} }]
  const [told] = await predictor.predict(rows)
  expect(told).toMatchObject([
    { aspect: null, opinion: at(0, 3), category: '价格', polarity: '正面' },
    { aspect: at(5, 7), opinion: at(7, 9), category: '物流', polarity: '负面' },
  ])
  expect(told!.map(({ confidence }) => Number(confidence.toFixed(3)))).toEqual([0.72, 0.78])
})

test('what only one of two readings of the same words favours is weighed before they have to agree', async () => {
  const link = (start: number, end: number, confidence: number): SaidLink => {
    return { a: null, b: at(start, end), classes: [0, 0], confidence }
  }
  const told = (start: number, end: number, confidence: number): Told => {
    return { aspect: null, opinion: at(start, end), category: '价格', polarity: '正面', confidence }
  }
  const strong = [link(0, 5, 0.6), link(0, 3, 0.3)]
  const fast = [told(0, 3, 0.5), told(0, 5, 0.45)]
  const decided = (links: readonly SaidLink[], alternatives: boolean) =>
    alternatives ? links.filter(({ confidence }) => confidence >= 0.4) : decide(links, 0.4, false)
  const reader = { candidates: () => [strong], decide: decided }
  const row = { text: '便宜，划算', domain: 'laptop', relations: null, raw: {} }
  const read = async (alternatives: boolean) => {
    const predictor = bothTiers(reader, { candidates: () => fast }, { ...frame, alternatives })
    return (await predictor.predict([row]))[0]!.map(({ opinion }) => opinion)
  }
  expect(await read(false)).toEqual([at(0, 5)])
  expect(await read(true)).toEqual([at(0, 5), at(0, 3)])
})
