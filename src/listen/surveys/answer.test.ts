import { describe, expect, test } from 'vitest'
import { LONGEST_TEXT, parseAnswer } from './answer.ts'
import type { Question } from './definition.ts'

const label = (id: string) => ({ id, label: { zh: id, en: id } })
const about = { id: 'q', ask: { zh: '问' }, required: false, jumps: [] }
const nps: Question = { type: 'nps', ...about }
const multiple: Question = { type: 'multiple', ...about, options: [label('a'), label('b'), label('c')], atMost: 2 }
const matrix: Question = { type: 'matrix', ...about, rows: [label('r'), label('s')], columns: [label('c'), label('d')] }
const text: Question = { type: 'text', ...about }

describe('an answer', () => {
  test.each([
    [nps, '10', 10],
    [nps, 0, 0],
    [nps, '', null],
    [multiple, ['c', 'a', 'a'], ['a', 'c']],
    [multiple, 'b', ['b']],
    [multiple, [], null],
    [matrix, { r: 'c', s: '' }, { r: 'c' }],
    [text, '  不错 ', '不错'],
    [text, '   ', null],
  ])('to %j: %j is %j', (question, raw, value) => {
    expect(parseAnswer(question, raw)).toEqual({ ok: true, value })
  })

  test.each([
    [nps, 11, 'out_of_scale'],
    [nps, 7.5, 'out_of_scale'],
    [nps, '1e1', 'out_of_scale'],
    [nps, ['7'], 'out_of_scale'],
    [multiple, ['a', 'b', 'c'], 'too_many'],
    [multiple, ['a', 'x'], 'not_a_choice'],
    [matrix, { __proto__: null, constructor: 'c' }, 'not_a_choice'],
    [matrix, { r: 'x' }, 'not_a_choice'],
    [{ ...matrix, required: true }, { r: 'c' }, 'rows_missing'],
    [{ ...nps, required: true }, null, 'required'],
    [{ ...text, required: true }, '  ', 'required'],
    [text, 'x'.repeat(LONGEST_TEXT + 1), 'too_long'],
    [text, { toString: 'x' }, 'not_a_choice'],
  ] as const)('to %j: %j is refused (%s)', (question, raw, problem) => {
    expect(parseAnswer(question as Question, raw)).toEqual({ ok: false, problem })
  })

  test('holds no personal data, no NUL and no half character', () => {
    expect(parseAnswer(text, '打我电话 13812346021')).toEqual({ ok: true, value: '打我电话 138****6021' })
    expect(parseAnswer(text, 'a\u0000b\ud800')).toEqual({ ok: true, value: 'a\u2400b\ufffd' })
  })
})
