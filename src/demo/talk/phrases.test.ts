import { describe, expect, test } from 'vitest'
import { categories } from '../categories.ts'
import { seeded } from '../random.ts'
import { everyday, remarks } from './general.ts'
import { expand, type Pattern } from './pattern.ts'
import { entries, knowsClauses, phrasesOf, slotsOf } from './phrases.ts'
import { type Situation, scripts } from './scripts.ts'

const random = seeded(1)
const given = { city: '杭州', order: 'SO1', two: '12', question: '吗？', gripe: '吵' }

/** All patterns of a bank, however deep it is. */
const patterns = (bank: unknown): Pattern[] =>
  typeof bank === 'string' ? [bank] : Object.values(bank as object).flatMap(patterns)

describe('a pattern', () => {
  test('takes one branch, fills its slots and nests', () => {
    const texts = new Set(Array.from({ length: 200 }, () => expand('a(b|{c}|)d', random, { c: '(x|(y|z))' })))
    expect([...texts].sort()).toEqual(['abd', 'ad', 'axd', 'ayd', 'azd'])
  })

  test('that is broken throws instead of printing its brackets', () => {
    expect(() => expand('(a|b', random, {})).toThrow('open (')
    expect(() => expand('a{b', random, {})).toThrow('open {')
    expect(() => expand('{b}', random, {})).toThrow('no slot')
  })
})

describe('the phrases', () => {
  test.each(categories.map((each) => each.name))('of %s can all be said', (name) => {
    const { slots: own, ...banks } = phrasesOf[name]
    const all = [...patterns(banks), ...patterns(own), ...patterns(everyday), ...patterns(remarks)]
    const lines = (Object.keys(scripts) as Situation[]).flatMap((key) => scripts[key].flat().map(([, text]) => text))
    for (const pattern of [...all, ...lines])
      for (let n = 0; n < 15; n++)
        expect(expand(pattern, random, { ...slotsOf(name), ...given })).not.toMatch(/[(){}|]/)
  })

  test.each(categories)(
    'of $name have words for everything that goes wrong there',
    ({ name, faults, installs, ships }) => {
      const troubles = faults.map((fault) => [fault.aspect, fault.scene] as const)
      for (const [aspect, scene] of [
        ...troubles,
        ...(ships ? [['logistics', null] as const] : []),
        ...(installs ? [['installation', 'install'] as const] : []),
      ]) {
        expect(knowsClauses(name, aspect, scene), `${aspect}/${scene}`).toBe(true)
        expect(
          entries('reasons', name, aspect, scene).length > 0 || aspect === 'breakfast' || aspect === 'parking',
        ).toBe(true)
      }
    },
  )
})
