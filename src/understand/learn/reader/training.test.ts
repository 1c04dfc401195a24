import { expect, test } from 'vitest'
import { loadReader } from '../../reader.ts'
import { decodeWeights } from '../../weights.ts'
import { foldOf, normalised } from '../folds.ts'
import { type Material, trainWeights } from './training.ts'

// Made-up words, so that no pack or lexicon can know them.
const rows = Array.from({ length: 60 }, (_, i) => ({
  text: i % 2 === 0 ? `嘎哒第${i}回` : `咕噜第${i}回`,
  label: i % 2 === 0 ? 'positive' : 'negative',
}))
const material: Material = {
  sentiment: [{ id: 'made up', rows }],
  emotion: rows.map((row) => ({ text: row.text, label: row.label === 'positive' ? 'happy' : 'angry' })),
}

test('the same rows and seed give the same file, and it knows what it was taught', () => {
  const first = trainWeights(material, 3)
  expect(trainWeights(material, 3).equals(first)).toBe(true)
  expect(decodeWeights(first).ok).toBe(true)
  const reader = loadReader({ weights: first })
  expect(reader.read({ text: '嘎哒' }).score).toBeGreaterThan(0.2)
  expect(reader.read({ text: '咕噜' }).score).toBeLessThan(-0.2)
})

test('texts that differ in signs, width and case alone share a fold', () => {
  expect(normalised('Ａ很 好！')).toBe(normalised('a，很好'))
  expect(foldOf('Ａ很 好！', 5)).toBe(foldOf('a，很好', 5))
})
