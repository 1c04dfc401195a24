import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  array,
  boolean,
  filled,
  Misfit,
  number,
  object,
  oneOf,
  optional,
  record,
  strictObject,
  string,
  whole,
  withDefault,
} from './shape.ts'

const shelf = strictObject({
  id: string(/^[a-z]+$/, 'an id is a-z'),
  name: filled,
  kind: oneOf(['book', 'box']),
  size: optional(whole(1, 9)),
  tags: withDefault(array(string()), () => []),
  open: optional(boolean),
  weights: optional(record(string(/^[a-z]+$/), number)),
  inner: optional(strictObject({ deep: array(object({ x: number }), 1) })),
})

const sameByZod = z.strictObject({
  id: z.string().regex(/^[a-z]+$/),
  name: z.string().min(1),
  kind: z.enum(['book', 'box']),
  size: z.number().int().min(1).max(9).optional(),
  tags: z.array(z.string()).default([]),
  open: z.boolean().optional(),
  weights: z.record(z.string().regex(/^[a-z]+$/), z.number()).optional(),
  inner: z.strictObject({ deep: z.array(z.object({ x: z.number() })).min(1) }).optional(),
})

const fits = { id: 'a', name: '架', kind: 'box' }

test('a value that fits is completed by what it may leave out', () => {
  expect(shelf(fits)).toEqual({ ...fits, tags: [] })
  expect(object({ x: number })({ x: 1, y: 2 })).toEqual({ x: 1 })
})

test.each([
  [{ ...fits, id: 'A' }, 'id', 'an id is a-z'],
  [{ ...fits, name: '' }, 'name', 'is empty'],
  [{ ...fits, kind: 'bag' }, 'kind', 'is none of book, box'],
  [{ ...fits, size: 10 }, 'size', 'is not a whole number from 1 to 9'],
  [{ ...fits, tags: ['a', 3] }, 'tags.1', 'expected a string, found a number'],
  [{ ...fits, colour: 1 }, 'colour', 'Unrecognized key: "colour"'],
  [{ ...fits, inner: { deep: [{ x: null }] } }, 'inner.deep.0.x', 'expected a number, found null'],
  [{ ...fits, inner: { deep: [] } }, 'inner.deep', 'has fewer than 1 entries'],
  [{ ...fits, weights: { B: 1 } }, 'weights.B', 'does not match /^[a-z]+$/'],
  [{ id: 'a', name: '架' }, 'kind', 'is none of book, box'],
  [[], '', 'expected an object, found a list'],
])('what does not fit is told with its place: %j', (value, at, reason) => {
  const found = shelf(value)
  expect(found).toBeInstanceOf(Misfit)
  expect(found).toMatchObject({
    at: at === '' ? [] : at.split('.').map((one) => (/\d/.test(one) ? Number(one) : one)),
    reason,
  })
})

/** Mostly what fits, now and then anything. */
const odd = <T>(usual: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 40, arbitrary: usual as fc.Arbitrary<unknown> }, fc.jsonValue())

test('takes and refuses what a schema of zod does, and makes the same of it', () => {
  const values = fc.record(
    {
      id: odd(fc.constantFrom('a', 'bc')),
      name: odd(fc.string({ minLength: 1 })),
      kind: odd(fc.constantFrom('book', 'box')),
      size: odd(fc.integer({ min: 1, max: 9 })),
      tags: odd(fc.array(odd(fc.string()))),
      open: odd(fc.boolean()),
      weights: odd(fc.dictionary(fc.constantFrom('a', 'b', 'c'), odd(fc.integer()))),
      inner: odd(fc.record({ deep: fc.array(odd(fc.record({ x: fc.integer(), y: fc.integer() })), { minLength: 1 }) })),
    },
    { requiredKeys: ['id', 'name', 'kind'] },
  )
  let taken = 0
  fc.assert(
    fc.property(values, (value) => {
      const ours = shelf(value)
      const theirs = sameByZod.safeParse(value)
      expect(ours instanceof Misfit).toBe(!theirs.success)
      if (!theirs.success) return
      taken++
      expect(ours).toEqual(theirs.data)
    }),
    { numRuns: 1_000 },
  )
  expect(taken).toBeGreaterThan(10)
})
