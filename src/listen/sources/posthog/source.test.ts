import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { posthog } from './source.ts'

const real = { events: sample('posthog/events_pages.json'), surveys: sample('posthog/surveys.json') }
const event = (name: string, properties: unknown, more: object = {}) => ({
  uuid: 'e',
  event: name,
  distinct_id: 'u',
  timestamp: '2026-03-01T10:00:00Z',
  properties,
  ...more,
})
const read = (value: unknown) => readFile(posthog, JSON.stringify(value))

describe('PostHog', () => {
  test('answers by the question’s id come with the question’s text; the older form beside them is the same', async () => {
    const { voices } = await read(
      event('survey sent', {
        $survey_submission_id: 'sub',
        $survey_response: 'late',
        $survey_response_q9: 'late',
        $survey_questions: [{ id: 'q9', question: 'What went wrong?' }],
      }),
    )
    expect(voices).toMatchObject([
      { id: 'sub-q9', kind: 'survey', text: 'late', conversation: 'sub', facts: { question: 'What went wrong?' } },
    ])
  })

  test('a score is a rating only where its scale is known', async () => {
    const { voices } = await read(
      event('survey sent', {
        $survey_response: 7,
        $survey_response_1: '4',
        $survey_response_2: ['Price', 'Noise'],
        $survey_questions: [
          { id: 'a', question: 'How likely would you recommend us?' },
          { id: 'b', question: 'How easy was it?' },
        ],
      }),
    )
    expect(
      voices.map(({ text, metric, rating, facts }) => [
        text,
        metric,
        rating,
        (facts as { score?: number } | undefined)?.score,
      ]),
    ).toEqual([
      ['', 'nps', 7, undefined],
      ['4', undefined, undefined, 4],
      ['Price、Noise', undefined, undefined, undefined],
    ])
  })

  test('an empty submission id is none, and an empty answer is no voice', async () => {
    const { voices, skipped } = await read(event('survey sent', { $survey_submission_id: '', $survey_response: '' }))
    expect([voices, skipped]).toEqual([[], ['1: a survey without an answer']])
  })

  test('network addresses, places and traits of persons are not kept', async () => {
    const { events } = await read(
      event('$autocapture', {
        $ip: '192.0.2.9',
        $geoip_city_name: 'Oslo',
        $set: { email: 'a@b.c' },
        $el_text: 'Buy',
        step: 2,
      }),
    )
    expect(events).toMatchObject([{ name: 'clicked', props: { element_text: 'Buy', step: 2 } }])
    expect(JSON.stringify(events)).not.toMatch(/192\.0|Oslo|a@b/)
  })

  test('batches, single captures and exports with properties as text', async () => {
    const batch = await read({
      api_key: 'k',
      batch: [event('$rageclick', { distinct_id: 'v' }, { distinct_id: undefined }), event('survey dismissed', {})],
    })
    expect(batch.events.map(({ name, customerRef }) => [name, customerRef])).toEqual([
      ['rage_clicked', 'v'],
      ['survey_dismissed', 'u'],
    ])
    const line = await read(event('view_item', '{"product_id":"p","$session_id":"s"}'))
    expect(line.events).toMatchObject([{ name: 'product_viewed', productId: 'p', session: 's' }])
  })

  test.skipIf(!real.events)('real pages: a recording is skipped, a survey’s definition is no answer', async () => {
    const page = await readFile(posthog, real.events!)
    expect([page.events.map(({ name }) => name), page.dead, page.skipped]).toEqual([
      ['identified'],
      [],
      [expect.stringContaining('recording')],
    ])
    expect(page.events[0]).toMatchObject({
      id: '019e8dc5-39fe-7fe0-8fc5-552fc89137a4',
      at: Date.parse('2026-06-03T13:56:13.438Z'),
      props: { event_raw: '$identify' },
    })
    const surveys = await readFile(posthog, real.surveys!)
    expect([surveys.voices, surveys.events, surveys.skipped.length]).toEqual([[], [], 1])
  })
})
