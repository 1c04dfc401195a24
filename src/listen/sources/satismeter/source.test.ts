import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { satismeter } from './source.ts'

const real = sample('satismeter/webhooks.jsonl')

describe('SatisMeter', () => {
  test('a dismissal is an event and no voice', async () => {
    const { voices, events } = await readFile(
      satismeter,
      '{"response":{"id":"r","created":"2026-03-02T08:00:00Z","dismissed":true,"answers":[],"rating":null},"campaign":{"id":"c"}}',
    )
    expect([voices, events.map(({ name, id }) => [name, id])]).toEqual([
      [],
      [['survey_dismissed', 'r.survey_dismissed']],
    ])
  })

  test('the older form is one NPS answer with its words', async () => {
    const { voices } = await readFile(
      satismeter,
      '{"response":{"id":"r","created":"2026-03-02T08:00:00Z","rating":9,"feedback":"good"}}',
    )
    expect(voices).toEqual([
      expect.objectContaining({ rating: 9, ratingMin: 0, ratingMax: 10, metric: 'nps', text: 'good' }),
    ])
  })

  test.skipIf(!real)('real answers: each with its metric, one without a scale as words', async () => {
    const { voices, dead, skipped, notes } = await readFile(satismeter, real!)
    expect([dead, notes.filter((note) => /not used/.test(note))]).toEqual([[], []])
    expect(skipped).toEqual([
      '1: a personal detail or a file',
      '1: a personal detail or a file',
      '2: a personal detail or a file',
      '2: a personal detail or a file',
    ])
    expect(voices.length).toBe(10)
    expect(voices.slice(0, 5).map(({ metric, rating, ratingMax, text }) => [metric, rating, ratingMax, text])).toEqual([
      ['nps', 5, 10, ''],
      [undefined, undefined, undefined, 'Many things to imporve'],
      ['ces', 4, 7, ''],
      ['csat', 4, 5, ''],
      [undefined, undefined, undefined, '4'],
    ])
    expect(voices[0]).toMatchObject({
      customerRef: '63766fbb7ac7b72676145338',
      conversation: '63767499ca6fb1b7c988d5bb',
    })
  })
})
