import { describe, expect, test } from 'vitest'
import { eventInput } from '../../core/event.ts'
import { voiceInput } from '../../core/voice.ts'
import { FORMAT, surveyDefinition } from './definition.ts'
import { type Given, recordsOf } from './records.ts'

const words = (zh: string) => ({ zh })
const survey = surveyDefinition.parse({
  format: FORMAT,
  languages: ['zh'],
  title: words('回访'),
  questions: [
    { id: 'nps', type: 'nps', ask: words('推荐吗') },
    { id: 'why', type: 'text', ask: words('为什么'), explains: 'nps' },
    { id: 'effort', type: 'ces', ask: words('省力吗') },
    { id: 'more', type: 'text', ask: words('还有吗') },
    { id: 'came', type: 'single', ask: words('怎么来的'), options: [{ id: 'ad', label: words('广告') }] },
    {
      id: 'parts',
      type: 'matrix',
      ask: words('各方面'),
      rows: [{ id: 'r', label: words('r') }],
      columns: ['c', 'd'].map((id) => ({ id, label: words(id) })),
    },
  ],
  thanks: { title: words('谢谢') },
})
const AT = Date.UTC(2026, 4, 1)
const given = (more: Partial<Given>): Given => ({
  ...{ surveyId: 's', responseId: 'r1', version: 1, channel: 'single', language: 'zh', answers: {} },
  ...{ shownAt: AT, startedAt: AT + 1, completedAt: AT + 2, settledAt: AT + 2, settledWith: null, simulated: false },
  about: { customerRef: 'c1', orderId: 'o1', category: '取暖器' },
  ...more,
})
const voicesOf = (more: Partial<Given>) =>
  recordsOf(survey, given(more)).voices.map(({ id, metric, rating, text }) => [id, metric, rating, text])

describe('what a response tells', () => {
  const answers = { nps: 3, why: '太吵', effort: 6, more: '谢谢', came: 'ad', parts: { r: 'c' } }

  test('is a voice for each score with the words that explain it, and one for other words', () => {
    expect(voicesOf({ answers })).toEqual([
      ['r1.nps', 'nps', 3, '太吵'],
      ['r1.effort', 'ces', 6, ''],
      ['r1.more', undefined, undefined, '谢谢'],
    ])
  })

  test('fits the door, with the order, the customer and the response as its conversation', () => {
    const { voices, events } = recordsOf(survey, given({ answers }))
    const taken = voices.map((voice) => voiceInput.parse(voice))
    expect(taken[0]).toMatchObject({ kind: 'survey', orderId: 'o1', customerRef: 'c1', conversation: 'r1', turn: 0 })
    expect(taken[1]).toMatchObject({ ratingMin: 1, ratingMax: 7 })
    expect(events.map((event) => eventInput.parse(event).name)).toEqual([
      'survey_shown',
      'survey_started',
      'survey_sent',
    ])
    expect(events[2]!.props).toMatchObject({ survey: 's', q_nps: 3, q_came: 'ad', q_parts: 'r=c' })
    expect(JSON.stringify(events)).not.toContain('太吵')
  })

  test('is nothing said before the response is settled', () => {
    expect(voicesOf({ answers, completedAt: null, settledAt: null })).toEqual([])
  })

  test('words that come after their score was told are a voice of their own', () => {
    const settledWith = ['nps']
    expect(voicesOf({ answers: { nps: 3 }, completedAt: null, settledWith })).toEqual([['r1.nps', 'nps', 3, '']])
    expect(voicesOf({ answers: { nps: 3, why: '太吵' }, settledWith })).toEqual([
      ['r1.nps', 'nps', 3, ''],
      ['r1.why', undefined, undefined, '太吵'],
    ])
  })
})
