import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { intercom } from './source.ts'

const real = sample('intercom/conversations_search.json')

const conversation = (fields: object) => ({
  type: 'conversation',
  id: '7',
  created_at: 1_772_439_300,
  state: 'open',
  ...fields,
})
const part = (fields: object) => ({
  id: '1',
  part_type: 'comment',
  body: '<p>hello</p>',
  created_at: 1_772_439_400,
  author: { type: 'user', id: 'u' },
  ...fields,
})
const withParts = (...parts: object[]) =>
  JSON.stringify(conversation({ source: null, conversation_parts: { conversation_parts: parts } }))

describe('Intercom', () => {
  test.each([
    ['user', 'customer'],
    ['lead', 'customer'],
    ['contact', 'customer'],
    ['admin', 'agent'],
    ['team', 'agent'],
    ['bot', 'bot'],
  ])('a part by a %s is said by the %s', async (type, speaker) => {
    const { voices } = await readFile(intercom, withParts(part({ author: { type, id: 'x' } })))
    expect(voices).toEqual([expect.objectContaining({ id: 'intercom-part-1', speaker, text: 'hello', turn: 1 })])
  })

  test('notes and changes of state are no voices; an author of an unknown kind is nobody’s', async () => {
    const { voices, skipped, dead } = await readFile(
      intercom,
      withParts(
        part({ part_type: 'note' }),
        part({ body: null, part_type: 'close' }),
        part({ author: { type: 'alien' } }),
      ),
    )
    expect([voices.length, skipped]).toEqual([0, ['1: an internal note', '1: a change of state (close)']])
    expect(dead[0]).toContain('author.type is "alien"')
  })

  test('a rating is the customer’s, with its remark', async () => {
    const rating = { rating: 1, remark: 'rude', created_at: 1_772_440_000, contact: { id: 'c' } }
    const contacts = { contacts: [{ id: 'c', external_id: 'shop-9' }] }
    const { voices } = await readFile(intercom, JSON.stringify(conversation({ conversation_rating: rating, contacts })))
    expect(voices).toEqual([
      expect.objectContaining({
        kind: 'survey',
        metric: 'csat',
        rating: 1,
        text: 'rude',
        customerRef: 'shop-9',
        at: 1_772_440_000_000,
      }),
    ])
  })

  test('a ticket is what happened and its parts; whose words its form holds is not guessed', async () => {
    const attributes = { _default_title_: '退款', _default_description_: '<p>上周申请的还没到账</p>', 订单号: 'A1' }
    const ticket = (fields: object) => ({
      type: 'ticket',
      id: '30',
      ticket_id: '4',
      category: 'Customer',
      created_at: 1_772_439_300,
      ticket_type: { type: 'ticket_type', id: '1', name: '退款问题' },
      ticket_state: { category: 'resolved' },
      ticket_attributes: attributes,
      contacts: { contacts: [{ type: 'contact', id: 'c', external_id: 'shop-9' }] },
      ticket_parts: {
        ticket_parts: [
          part({ id: '5', author: { type: 'user', id: 'c' }, body: '到底什么时候退' }),
          part({ id: '6', part_type: 'note', author: { type: 'admin', id: 'a' } }),
          part({
            id: '7',
            part_type: 'ticket_state_updated_by_admin',
            body: null,
            ticket_state: 'resolved',
            previous_ticket_state: 'in_progress',
            created_at: 1_772_440_000,
          }),
        ],
      },
      ...fields,
    })
    const { voices, events, dead, skipped, notes } = await readFile(
      intercom,
      JSON.stringify({ type: 'ticket.list', tickets: [ticket({}), ticket({ id: '31', category: 'Tracker' })] }),
    )
    expect(dead).toEqual([expect.stringContaining('1: ticket_attributes')])
    expect(skipped.slice(0, 2)).toEqual(['1: an internal note', '1: a change of state (ticket_state_updated_by_admin)'])
    expect(voices.map(({ id, speaker, text, customerRef }) => [id, speaker, text, customerRef])).toEqual([
      ['intercom-part-5', 'customer', '到底什么时候退', 'shop-9'],
      ['intercom-ticket-31-form', 'agent', '退款\n上周申请的还没到账', 'shop-9'],
      ['intercom-part-5', 'customer', '到底什么时候退', 'shop-9'],
    ])
    expect(events.slice(0, 2)).toEqual([
      expect.objectContaining({
        name: 'ticket_opened',
        session: 'intercom-ticket-30',
        props: { type: '退款问题', category: 'Customer', state: 'resolved', 订单号: 'A1' },
      }),
      expect.objectContaining({ name: 'ticket_closed', at: 1_772_440_000_000 }),
    ])
    expect(notes.filter((note) => /not used/.test(note))).toEqual([])
    const told = await readFile(intercom, JSON.stringify(ticket({})), { set: { unknown: 'customer' } })
    expect(told.voices[0]).toMatchObject({ speaker: 'customer', text: '退款\n上周申请的还没到账', turn: 0 })
  })

  test('a pushed reply to a ticket is one part of it', async () => {
    const item = { type: 'ticket', id: '30', ticket_part: part({ id: '8', body: '<p>谢谢</p>' }) }
    const { voices, events } = await readFile(
      intercom,
      JSON.stringify({ topic: 'ticket.contact.replied', data: { item } }),
    )
    expect([voices, events]).toEqual([
      [expect.objectContaining({ id: 'intercom-part-8', speaker: 'customer', conversation: 'intercom-ticket-30' })],
      [],
    ])
  })

  test('deliveries are proven by SHA-1 of the body with the client secret', () => {
    const body = Buffer.from('{"topic":"ping","id":"notif_9"}')
    const headers: Record<string, string> = {
      'x-hub-signature': `sha1=${createHmac('sha1', 'client').update(body).digest('hex')}`,
    }
    const delivery = { header: (name: string) => headers[name], body, receivedAt: 0 }
    expect(intercom.webhook!.verify(delivery, 'client').ok).toBe(true)
    expect(intercom.webhook!.verify({ ...delivery, body: Buffer.from('{}') }, 'client').ok).toBe(false)
    expect(intercom.webhook!.deliveryId!(delivery, { id: 'notif_9' })).toBe('notif_9')
    expect(intercom.webhook!.read({ topic: 'ping' }, { zone: 'UTC' })).toMatchObject({
      value: [{ skipped: 'ping: no conversation' }],
    })
  })

  test('another system’s file gives no voices', async () => {
    const { voices, events, dead } = await readFile(intercom, '{"id":1,"text":"x"}')
    expect([voices.length, events.length, dead]).toEqual([0, 0, ['1: id is no conversation of Intercom']])
  })

  test.skipIf(!real)('of a real search, five begin with the customer’s words and one has none', async () => {
    const { voices, events, dead, skipped, notes } = await readFile(intercom, real!)
    expect([dead, skipped, notes.filter((note) => /not used/.test(note))]).toEqual([[], [], []])
    expect(voices.map(({ text }) => text)).toEqual([
      'Test conversation for assignment',
      'Test conversation for close action',
      'Hello, this is a test conversation from a Nango action',
      'Hello, this is a test conversation from a Nango action',
      'Hello, this is a test conversation from a Nango action',
    ])
    expect(voices[0]).toMatchObject({
      id: 'intercom-3653707491',
      conversation: 'intercom-215474207312016',
      customerRef: '035c0b02-f5a0-4d64-9cca-ffdf90d279c6',
      at: 1_778_134_494_000,
      speaker: 'customer',
      channel: 'messenger',
    })
    expect(events.map(({ name }) => name).sort()).toEqual([
      'chat_started',
      'chat_started',
      'chat_started',
      'chat_started',
      'chat_started',
      'chat_started',
      'conversation_resolved',
    ])
  })
})
