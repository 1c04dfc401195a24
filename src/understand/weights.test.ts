import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { DEFAULT_WEIGHTS_FILE, loadReader } from './reader.ts'
import { decodeWeights, encodeWeights } from './weights.ts'

const meta = {
  trained: 'test',
  sentiment: { bits: 8, scale: 0.1, bias: 0, a: 1, b: 1, c: 0 },
  emotion: { bits: 8, scale: 0.1, classes: ['none', 'angry'] as ('none' | 'angry')[], biases: [0, 0] },
}
const small = () => encodeWeights(meta, new Int8Array(256).fill(3), new Int8Array(512))

test('weights come back as they were written', () => {
  const decoded = decodeWeights(small())
  expect(decoded).toMatchObject({ ok: true, value: { sentiment: meta.sentiment, emotion: meta.emotion } })
})

test('every flipped byte and every cut is noticed', () => {
  const file = small()
  for (let at = 0; at < file.length; at += 7) {
    const broken = Buffer.from(file)
    broken[at] = broken[at]! ^ 0x40
    expect(decodeWeights(broken).ok).toBe(false)
    expect(decodeWeights(file.subarray(0, at)).ok).toBe(false)
  }
})

test('a broken file is refused in clear words and the packs go on alone', () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'weights-')), 'broken.weights')
  writeFileSync(file, small().subarray(0, 400))
  const reader = loadReader({ weightsFile: file })
  expect(reader.warning).toContain('checksum')
  expect(reader.engine).not.toContain('weights')
  expect(reader.read({ text: '声音太大' }).mentions[0]).toMatchObject({ aspect: 'noise', polarity: 'negative' })
})

test('a missing file is said to be missing and the packs go on alone', () => {
  const reader = loadReader({ weightsFile: '/nowhere/reader.weights' })
  expect(reader.warning).toContain('/nowhere/reader.weights')
  expect(reader.read({ text: '声音太大' }).mentions).toHaveLength(1)
})

test('the shipped weights are whole and small', () => {
  expect(existsSync(DEFAULT_WEIGHTS_FILE)).toBe(true)
  const bytes = readFileSync(DEFAULT_WEIGHTS_FILE)
  expect(decodeWeights(bytes).ok).toBe(true)
  expect(bytes.length).toBeLessThan(5_000_000)
})
