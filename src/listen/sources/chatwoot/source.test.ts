import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { chatwoot } from './source.ts'

const real = sample('chatwoot/message_created_2020.json')
const realCsat = sample('chatwoot/csat_submitted_values.json')

const message = (fields: object) =>
  JSON.stringify({
    event: 'message_created',
    id: 1,
    content: 'text',
    created_at: '2026-03-02T08:00:00Z',
    account: { id: 2 },
    conversation: { id: 5 },
    ...fields,
  })

describe('Chatwoot', () => {
  test.each([
    ['incoming', 'Contact', 'customer'],
    [0, undefined, 'customer'],
    ['outgoing', 'User', 'agent'],
    [1, 'AgentBot', 'bot'],
    [1, 'Captain::Assistant', 'bot'],
    [2, undefined, 'system'],
    ['template', undefined, 'bot'],
  ])('a message of type %s by %s is said by the %s', async (message_type, sender_type, speaker) => {
    const { voices } = await readFile(chatwoot, message({ message_type, sender_type }))
    expect(voices).toEqual([
      expect.objectContaining({ speaker, id: 'chatwoot-2-message-1', conversation: 'chatwoot-2-5' }),
    ])
  })

  test('private notes, empty messages and changed states are no voices, and say why', async () => {
    const { voices, skipped } = await readFile(
      chatwoot,
      [
        message({ message_type: 1, private: true }),
        message({ message_type: 0, content: null, attachments: [{ id: 1 }] }),
        message({ message_type: 0, content: '' }),
        message({ event: 'message_updated', message_type: 0, content_attributes: { submitted_values: [] } }),
        '{"event":"contact_created","id":1}',
      ].join('\n'),
    )
    expect(voices).toEqual([])
    expect(skipped.map((one) => one.slice(3))).toEqual([
      'an internal note',
      'an attachment without words',
      'without words',
      'a change of state (message)',
      'nothing that a customer said or did: contact_created',
    ])
  })

  test('an unknown message type is nobody’s until a person says whose', async () => {
    const odd = message({ message_type: 9 })
    expect((await readFile(chatwoot, odd)).dead[0]).toContain('--set unknown=agent')
    expect((await readFile(chatwoot, odd, { set: { unknown: 'agent' } })).voices[0]).toMatchObject({ speaker: 'agent' })
  })

  test('a rating comes with the words, empty words are none', async () => {
    const rated = (feedback: object) =>
      message({
        event: 'message_updated',
        content_type: 'input_csat',
        content_attributes: { submitted_values: { csat_survey_response: { rating: 4, ...feedback } } },
        contact: { id: 3 },
      })
    const { voices } = await readFile(
      chatwoot,
      [rated({ feedback_message: '' }), rated({ feedback_message: 'ok' })].join('\n'),
    )
    expect(voices).toEqual([
      expect.objectContaining({
        kind: 'survey',
        metric: 'csat',
        rating: 4,
        text: '',
        customerRef: 'chatwoot-contact-3',
      }),
      expect.objectContaining({ text: 'ok', id: 'chatwoot-2-csat-1' }),
    ])
  })

  test('conversations of the API come with their messages and one beginning', async () => {
    const { voices, events } = await readFile(
      chatwoot,
      JSON.stringify({
        data: {
          payload: [
            {
              id: 5,
              account_id: 2,
              status: 'open',
              created_at: 1_772_439_300,
              meta: { sender: { id: 3 } },
              messages: [{ id: 1, content: 'hello', message_type: 0, created_at: 1_772_439_301 }],
            },
          ],
        },
      }),
    )
    expect(events[0]).toMatchObject({
      name: 'chat_started',
      id: 'chatwoot-2-conversation-5-started',
      at: 1_772_439_300_000,
    })
    expect(voices[0]).toMatchObject({ text: 'hello', conversation: 'chatwoot-2-5', customerRef: 'chatwoot-contact-3' })
  })

  test('deliveries are proven by time and body', () => {
    const body = Buffer.from(message({ message_type: 0 }))
    const signature = `sha256=${createHmac('sha256', 'secret').update('1772438400.').update(body).digest('hex')}`
    const headers: Record<string, string> = {
      'x-chatwoot-signature': signature,
      'x-chatwoot-timestamp': '1772438400',
      'x-chatwoot-delivery': 'd-1',
    }
    const delivery = { header: (name: string) => headers[name], body, receivedAt: 1_772_438_400_000 }
    expect(chatwoot.webhook!.verify(delivery, 'secret').ok).toBe(true)
    expect(chatwoot.webhook!.verify(delivery, 'other').ok).toBe(false)
    expect(chatwoot.webhook!.deliveryId!(delivery, {})).toBe('d-1')
    const items = chatwoot.webhook!.read(JSON.parse(body.toString()), { zone: 'UTC' })
    expect(items).toMatchObject({ ok: true, value: [{ voice: { text: 'text', speaker: 'customer' } }] })
  })

  test('another system’s file gives no voices', async () => {
    const { voices, dead } = await readFile(chatwoot, '{"review_id":"r","stars":1,"text":"x"}')
    expect([voices, dead]).toEqual([[], ['1: event is missing: this is not a record of Chatwoot']])
  })

  test.skipIf(!real)('the documented message of 2020 comes in whole', async () => {
    const { voices, dead, skipped, notes } = await readFile(chatwoot, real!)
    expect([dead, skipped, notes.filter((note) => /not used/.test(note))]).toEqual([[], [], []])
    expect(voices).toEqual([
      {
        id: 'chatwoot-1-message-1',
        kind: 'chat',
        speaker: 'customer',
        text: 'Hi',
        at: Date.parse('2020-03-03T13:05:57Z'),
        conversation: 'chatwoot-1-1',
        customerRef: 'chatwoot-contact-1',
      },
    ])
  })

  test.skipIf(!realCsat)('a rating alone has no time, and takes the one that a person gives', async () => {
    expect((await readFile(chatwoot, realCsat!)).dead).toEqual([expect.stringContaining('1: at ')])
    const { voices } = await readFile(chatwoot, realCsat!, { set: { at: '2026-03-02' } })
    expect(voices[0]).toMatchObject({ metric: 'csat', rating: 5, text: 'Great service!', kind: 'survey' })
  })
})
