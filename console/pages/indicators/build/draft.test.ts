import { expect, test } from 'vitest'
import type { OwnDefinition } from '../../../../src/http/shapes.ts'
import { type Draft, definitionOf, draftOf, emptyDraft, examples, readDraft, troublesOf } from './draft.ts'

const isNumber = (field: string) => ['rating', 'amount', 'first_answer_minutes'].includes(field)

const kept: OwnDefinition = {
  zh: '江苏马桶尺寸退货',
  en: 'Toilets returned for their size',
  higherIsBetter: false,
  table: 'orders',
  where: [
    { field: 'state', in: ['returned'] },
    { field: 'province', in: ['江苏'], not: true },
    { number: 'amount', atLeast: 100 },
  ],
  of: { share: [{ field: 'return_reason', in: ['尺寸'] }] },
}

test.each([
  [kept],
  [{ ...kept, of: { mean: 'amount' } } as OwnDefinition],
  [{ ...kept, of: { median: 'amount' } } as OwnDefinition],
  [{ ...kept, of: { percentile: 'amount', at: 95 } } as OwnDefinition],
])('what is kept comes back from the form as it was', (definition) => {
  expect(definitionOf(draftOf(definition), isNumber)).toEqual(definition)
  expect(troublesOf(draftOf(definition), isNumber).size).toBe(0)
})

test('a draft comes back from the address, and what is none is not taken for one', () => {
  expect(readDraft(JSON.stringify(draftOf(kept)))).toEqual(draftOf(kept))
  for (const text of [undefined, '', '{', 'null', '[]', '{"where":1}']) expect(readDraft(text)).toBeNull()
})

test('what is missing is said of its own part', () => {
  const draft: Draft = {
    ...emptyDraft,
    where: [
      { field: '' },
      { field: 'city', values: [] },
      { field: 'amount' },
      { field: 'amount', atLeast: 5, atMost: 2 },
    ],
  }
  expect([...troublesOf(draft, isNumber)]).toEqual([
    ['where.0', 'noField'],
    ['where.1', 'noValues'],
    ['where.2', 'noEnds'],
    ['where.3', 'endsCross'],
    ['share', 'noShare'],
    ['name', 'noName'],
  ])
  expect(troublesOf({ ...emptyDraft, zh: '平均', how: 'mean' }, isNumber).get('number')).toBe('noNumber')
})

test('one name is enough, in either language', () => {
  const named = definitionOf({ ...draftOf(kept), zh: '', en: ' Late ' }, isNumber)
  expect(named).toMatchObject({ zh: 'Late', en: 'Late' })
})

test('an example lacks no more than its own values and a name', () => {
  for (const example of Object.values(examples) as Draft[])
    expect([...troublesOf(example, isNumber).values()].every((one) => one === 'noValues' || one === 'noName')).toBe(
      true,
    )
})
