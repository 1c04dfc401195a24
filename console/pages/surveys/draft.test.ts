import { describe, expect, test } from 'vitest'
import { type Draft, freeId, moved, questionAt, questionOf, textOf, withoutQuestion } from './draft.ts'

const draft: Draft = {
  format: 'daystar-survey/1',
  languages: ['zh'],
  title: { zh: '回访', en: 'left over' },
  questions: [
    { id: 'q1', type: 'nps', ask: { zh: '推荐吗' }, help: { zh: ' ' } },
    {
      id: 'q2',
      type: 'text',
      ask: { zh: '为什么' },
      explains: 'q1',
      showIf: { of: [{ question: 'q1', is: 'atMost', value: 6 }] },
    },
    {
      id: 'q3',
      type: 'csat',
      ask: { zh: '满意吗' },
      jumps: [{ to: 'end', when: { of: [{ question: 'q1', is: 'atLeast', value: 9 }] } }, { to: 'end' }],
    },
  ],
  thanks: { title: { zh: '谢谢' } },
}

describe('a draft', () => {
  test('loses with a question all that was asked about it', () => {
    const { questions } = withoutQuestion(draft, 'q1')
    expect(questions).toEqual([
      { id: 'q2', type: 'text', ask: { zh: '为什么' } },
      { id: 'q3', type: 'csat', ask: { zh: '满意吗' }, jumps: [{ to: 'end' }] },
    ])
  })

  test('is written without the languages that it does not have and without empty texts', () => {
    const written = JSON.parse(textOf(draft)) as Draft
    expect(written.title).toEqual({ zh: '回访' })
    expect(written.questions[0]).toEqual({ id: 'q1', type: 'nps', ask: { zh: '推荐吗' } })
  })

  test('gives new parts names that are free', () => {
    expect(freeId('q', draft.questions)).toBe('q4')
    expect(freeId('q', [{ id: 'q2' }])).toBe('q3')
  })

  test('keeps what a question says when its type changes', () => {
    expect(questionOf('single', draft.questions[0]!)).toMatchObject({ id: 'q1', type: 'single', ask: { zh: '推荐吗' } })
  })

  test('moves a question, and not beyond the ends', () => {
    expect(moved(draft, 0, 1).questions.map(({ id }) => id)).toEqual(['q2', 'q1', 'q3'])
    expect(moved(draft, 0, -1)).toBe(draft)
  })

  test('tells which question a place is in', () => {
    expect(questionAt('line 12, questions[1].options')).toBe(2)
    expect(questionAt('line 1')).toBeNull()
  })
})
