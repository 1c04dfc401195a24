import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { freshdesk } from './source.ts'

const real = (name: string) => sample(`freshdesk/${name}.json`)

describe('Freshdesk', () => {
  test.each([
    [103, 7],
    [100, 4],
    [-101, 3],
    [-103, 1],
  ])('a rating of %d is step %d of 7', async (code, rating) => {
    const one = {
      id: 4,
      survey_id: 2,
      user_id: 1,
      ticket_id: 7,
      feedback: '',
      created_at: '2026-03-04T00:00:00Z',
      ratings: { default_question: code },
    }
    const { voices } = await readFile(freshdesk, JSON.stringify(one))
    expect(voices).toEqual([expect.objectContaining({ metric: 'csat', rating, ratingMin: 1, ratingMax: 7, text: '' })])
  })

  test('a code that no scale knows is refused with its value', async () => {
    const one = {
      id: 4,
      survey_id: 2,
      ticket_id: 7,
      created_at: '2026-03-04T00:00:00Z',
      ratings: { default_question: 55 },
    }
    const { voices, dead } = await readFile(freshdesk, JSON.stringify(one))
    expect([voices.length, dead.length]).toEqual([0, 1])
  })

  test('phone notes and outbound mails are the agent’s words', async () => {
    const ticket = (source: number) => ({
      id: 1,
      subject: 'S',
      description_text: 'D',
      requester_id: 2,
      source,
      created_at: '2026-03-04T00:00:00Z',
    })
    const { voices } = await readFile(freshdesk, JSON.stringify([1, 2, 3, 10].map(ticket)))
    expect(voices.map(({ speaker, kind }) => [speaker, kind])).toEqual([
      ['customer', 'email'],
      ['customer', 'chat'],
      ['agent', 'call'],
      ['agent', 'email'],
    ])
  })

  test('another system’s file gives no voices', async () => {
    const { voices, events, dead } = await readFile(freshdesk, '{"id":1,"text":"x"}')
    expect([voices.length, events.length, dead.length]).toEqual([0, 0, 1])
  })

  test.skipIf(!real('ticket'))('a real ticket: its requester speaks, with the moments of its life', async () => {
    const { voices, events, dead, notes } = await readFile(freshdesk, real('ticket')!)
    expect([dead, notes.filter((note) => /not used/.test(note))]).toEqual([[], []])
    expect(voices).toEqual([
      expect.objectContaining({
        id: 'freshdesk-ticket-1',
        text: 'This is a sample ticket\nThis is a sample ticket, feel free to delete it.',
        at: Date.parse('2016-05-18T04:36:04Z'),
        customerRef: '6012691534',
        channel: 'portal',
        speaker: 'customer',
        facts: { attachments: 1 },
      }),
    ])
    expect(events.map(({ name, at }) => [name, new Date(at as number).toISOString()])).toEqual([
      ['ticket_opened', '2016-05-18T04:36:04.000Z'],
      ['ticket_answered', '2020-06-17T20:23:43.000Z'],
      ['ticket_closed', '2020-07-24T15:35:21.000Z'],
    ])
  })

  test.skipIf(!real('conversations'))('real conversations: none is the customer’s voice', async () => {
    const { voices, skipped, dead } = await readFile(freshdesk, real('conversations')!)
    expect([skipped, dead]).toEqual([['2: an internal note'], []])
    expect(voices).toEqual([
      expect.objectContaining({ speaker: 'agent', text: 'This is a reply', conversation: 'freshdesk-1' }),
    ])
  })
})
