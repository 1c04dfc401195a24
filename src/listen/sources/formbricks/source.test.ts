import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { formbricks } from './source.ts'

const created = sample('formbricks/webhook_responseCreated.json')
const updated = sample('formbricks/webhook_responseUpdated.json')

const response = (data: object, survey: object = {}) =>
  JSON.stringify({
    event: 'responseUpdated',
    data: {
      id: 'r1',
      surveyId: 's',
      createdAt: '2026-03-02T08:00:00Z',
      updatedAt: '2026-03-02T08:01:00Z',
      data,
      survey,
    },
  })

describe('Formbricks', () => {
  test('a number is a score only where the survey says what it measures', async () => {
    const bare = await readFile(formbricks, response({ q: 9 }))
    expect(bare.voices).toEqual([expect.objectContaining({ id: 'r1.q', text: '9' })])
    expect(bare.voices[0]!.rating).toBeUndefined()
    const questions = [{ id: 'q', type: 'nps', headline: { default: 'Recommend?' } }]
    const known = await readFile(formbricks, response({ q: 9 }, { questions }))
    expect(known.voices[0]).toMatchObject({
      rating: 9,
      ratingMin: 0,
      ratingMax: 10,
      metric: 'nps',
      facts: { question: 'Recommend?' },
    })
  })

  test('the same answer in a later update has the same id', async () => {
    const first = await readFile(formbricks, response({ a: 'one' }))
    const later = await readFile(formbricks, response({ a: 'one', b: 'two' }))
    expect([first.voices.map(({ id }) => id), later.voices.map(({ id }) => id)]).toEqual([['r1.a'], ['r1.a', 'r1.b']])
  })

  test('actions are not words, contact details not opinions', async () => {
    const questions = [{ id: 'c', type: 'contactInfo' }]
    const { voices, skipped } = await readFile(
      formbricks,
      response({ a: 'clicked', b: 'accepted', c: ['A', 'B'] }, { questions }),
    )
    expect([voices.length, skipped.length]).toEqual([0, 3])
  })

  test('deliveries are proven by Standard Webhooks', () => {
    const key = Buffer.from('an invented key of 32 bytes ....')
    const body = Buffer.from(response({ a: 'one' }))
    const signature = createHmac('sha256', key).update('m1.1772438400.').update(body).digest('base64')
    const headers: Record<string, string> = {
      'webhook-id': 'm1',
      'webhook-timestamp': '1772438400',
      'webhook-signature': `v1,${signature}`,
    }
    const delivery = { header: (name: string) => headers[name], body, receivedAt: 1_772_438_400_000 }
    expect(formbricks.webhook!.verify(delivery, `whsec_${key.toString('base64')}`).ok).toBe(true)
    expect(formbricks.webhook!.deliveryId!(delivery, {})).toBe('m1')
  })

  test('another system’s file gives no voices', async () => {
    const { voices, dead } = await readFile(formbricks, '{"review_id":"r","text":"x"}')
    expect([voices.length, dead.length]).toEqual([0, 1])
  })

  test.skipIf(!created)('of the documented deliveries only words are voices', async () => {
    const first = await readFile(formbricks, created!)
    expect([
      first.voices.length,
      first.dead,
      first.skipped.length,
      first.notes.filter((note) => /not used/.test(note)),
    ]).toEqual([0, [], 1, []])
    const { voices, events } = await readFile(formbricks, updated!)
    expect(voices).toEqual([
      {
        id: 'responseId.visit_reason',
        kind: 'survey',
        speaker: 'customer',
        text: 'Just browsing',
        at: Date.parse('2025-07-24T07:47:33.696Z'),
        conversation: 'responseId',
        lang: 'en',
        facts: { survey: 'Customer Satisfaction Survey', country: 'DE', device: 'desktop' },
      },
    ])
    expect(events).toEqual([
      expect.objectContaining({ name: 'survey_started', id: 'responseId.started', session: 'responseId' }),
    ])
  })
})
