import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Offsets } from './offsets.ts'

test('an emoji is one code point and two units', () => {
  const text = '好👍用'
  const offsets = new Offsets(text)
  expect([0, 1, 2, 3].map((point) => offsets.toUnits(point))).toEqual([0, 1, 3, 4])
  expect([0, 1, 3, 4].map((unit) => offsets.toPoints(unit))).toEqual([0, 1, 2, 3])
  expect(text.slice(offsets.toUnits(2)!, offsets.toUnits(3)!)).toBe('用')
})

test('positions outside the text are null', () => {
  for (const text of ['好用', '👍👍']) {
    const offsets = new Offsets(text)
    expect([-1, 0.5, 3].map((point) => offsets.toUnits(point))).toEqual([null, null, null])
  }
})

test('both ways agree with counting code points, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const offsets = new Offsets(text)
      const points = [...text]
      for (let point = 0; point <= points.length; point++) {
        const unit = points.slice(0, point).join('').length
        expect(offsets.toUnits(point)).toBe(unit)
        expect(offsets.toPoints(unit)).toBe(point)
      }
    }),
  )
})
