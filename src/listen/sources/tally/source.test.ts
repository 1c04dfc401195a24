import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { tally } from './source.ts'

const real = sample('tally/webhook_form_response.json')

const response = (...fields: object[]) =>
  JSON.stringify({ eventId: 'e', data: { responseId: 'r', formId: 'f', createdAt: '2026-03-02T08:00:00Z', fields } })

describe('Tally', () => {
  test('choices are their texts, and single boxes are not told twice', async () => {
    const options = [{ id: 'o1', text: 'Red' }]
    const { voices } = await readFile(
      tally,
      response(
        { key: 'q', label: 'Colour', type: 'CHECKBOXES', value: ['o1'], options },
        { key: 'q_o1', type: 'CHECKBOXES', value: true },
      ),
    )
    expect(voices).toEqual([expect.objectContaining({ id: 'r.q', text: 'Red', facts: { question: 'Colour' } })])
  })

  test('a score needs a scale: of its label, of a person, or it stays words', async () => {
    const star = (label: string) => response({ key: 'q', label, type: 'RATING', value: 4 })
    expect((await readFile(tally, star('Stars'))).voices[0]).toMatchObject({ text: '4' })
    expect((await readFile(tally, star('Stars'), { set: { scale: '1-5' } })).voices[0]).toMatchObject({
      rating: 4,
      ratingMin: 1,
      ratingMax: 5,
    })
    const nps = (await readFile(tally, star('How likely are you to recommend us? (0-10)'))).voices[0]
    expect(nps).toMatchObject({ rating: 4, ratingMin: 0, ratingMax: 10, metric: 'nps' })
    const five = (await readFile(tally, star('How likely are you to recommend us? (1-5)'))).voices[0]
    expect([five!.rating, five!.metric]).toEqual([4, undefined])
  })

  test('deliveries are proven by the body’s HMAC in base64', () => {
    const body = Buffer.from(response())
    const signature = createHmac('sha256', 'key').update(body).digest('base64')
    const delivery = {
      header: (name: string) => (name === 'tally-signature' ? signature : undefined),
      body,
      receivedAt: 0,
    }
    expect([tally.webhook!.verify(delivery, 'key').ok, tally.webhook!.verify(delivery, 'no').ok]).toEqual([true, false])
    expect(tally.webhook!.deliveryId!(delivery, { eventId: 'e' })).toBe('e')
  })

  test.skipIf(!real)('a real response is one voice', async () => {
    const { voices, dead, notes } = await readFile(tally, real!)
    expect([dead, notes.filter((note) => /not used/.test(note))]).toEqual([[], []])
    expect(voices).toEqual([
      expect.objectContaining({
        id: 'jyqVba.question_rjkPRl',
        text: 'Test 1540 1',
        at: Date.parse('2023-10-02T18:07:01Z'),
        facts: { question: 'short answer', survey: 'TEST' },
      }),
    ])
  })
})
