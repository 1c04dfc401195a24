import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Card, decodeModel, encodeModel } from './model-file.ts'
import type { Parts } from './task.ts'

const card: Card = { task: 'class', tier: 'fast', seed: 7, data: [], heldOut: null }
const parts: Parts = {
  header: { labels: ['好', 'bad'] },
  tensors: { weights: Int8Array.of(1, -2, 3), biases: Float64Array.of(0.5, -0.25), empty: new Uint32Array(0) },
}

test('a model comes back as it was written, the same bytes for the same parts', () => {
  const file = encodeModel(card, parts)
  expect(encodeModel(card, parts).equals(file)).toBe(true)
  const model = decodeModel(file)
  expect(model.ok && model.value).toMatchObject({ card, header: parts.header })
  expect(model.ok && model.value.tensors).toEqual(parts.tensors)
})

test('a file that lies at an odd place of a larger buffer is read too', () => {
  const file = encodeModel(card, parts)
  const larger = Buffer.concat([Buffer.from('x'), file])
  const model = decodeModel(larger.subarray(1))
  expect(model.ok && model.value.tensors.biases).toEqual(parts.tensors.biases)
})

test.each([
  ['an empty file', new Uint8Array(0), 'not a model'],
  ['a foreign file', Buffer.from('PK\u0003\u0004 and so on, long enough to be something else'), 'not a model'],
  ['a file cut short', encodeModel(card, parts).subarray(0, -5), 'damaged or cut short'],
])('%s is refused with the reason', (_, file, reason) => {
  const model = decodeModel(file)
  expect(model.ok ? '' : model.problem.message).toContain(reason)
})

test('any changed byte is noticed', () => {
  const file = encodeModel(card, parts)
  fc.assert(
    fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const broken = Buffer.from(file)
      broken[at] = broken[at]! ^ change
      expect(decodeModel(broken).ok).toBe(false)
    }),
  )
})
