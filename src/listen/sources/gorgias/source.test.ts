import { describe, expect, test } from 'vitest'
import { guess } from '../../guess.ts'
import { readFile, sample } from '../../source/read-file.ts'
import { gorgias } from './source.ts'

const opened = sample('gorgias/ticket_created_by_agent.json')
const list = sample('gorgias/tickets_list.json')

describe('Gorgias', () => {
  test.each([
    [{ from_agent: false }, 'customer'],
    [{ from_agent: true }, 'agent'],
    [{ from_agent: true, rule_id: 5 }, 'bot'],
  ])('a message with %j is said by the %s', async (fields, speaker) => {
    const message = {
      id: 1,
      ticket_id: 2,
      public: true,
      channel: 'chat',
      stripped_text: 'words',
      created_datetime: '2026-03-02T08:00:00.1+00:00',
      ...fields,
    }
    const { voices } = await readFile(gorgias, JSON.stringify(message))
    expect(voices).toEqual([
      expect.objectContaining({ id: 'gorgias-message-1', conversation: 'gorgias-2', speaker, text: 'words' }),
    ])
  })

  test.each([
    [
      'with its messages',
      { messages: [{ id: 1, from_agent: false, stripped_text: 'Too loud', created_datetime: '2026-03-02T08:00:00' }] },
      1,
    ],
    ['without them', { uri: '/api/tickets/7/' }, 0],
  ])('one ticket by itself is known, %s, also where it does not say who began it', async (_, more, voices) => {
    const file = JSON.stringify({
      id: 7,
      status: 'open',
      channel: 'email',
      created_datetime: '2026-03-02T08:00:00',
      ...more,
    })
    const read = await readFile(gorgias, file)
    expect([read.voices.length, read.events.length, read.dead]).toEqual([voices, 1, []])
    const found = await guess({ bytes: Buffer.from(file), whole: true }, { zone: 'UTC', map: {}, set: {}, ignore: [] })
    expect(found.ok && found.value[0]!.source.id).toBe('gorgias')
  })

  test('another system’s file gives no voices', async () => {
    const { voices, events, dead } = await readFile(gorgias, '{"id":1,"text":"x"}')
    expect([voices.length, events.length, dead.length]).toEqual([0, 0, 1])
  })

  test.skipIf(!opened)('a real ticket that the shop opened: the agent speaks', async () => {
    const { voices, events, dead, skipped, notes } = await readFile(gorgias, opened!)
    expect([dead, skipped, notes.filter((note) => /not used/.test(note))]).toEqual([[], [], []])
    expect(voices).toEqual([
      expect.objectContaining({
        id: 'gorgias-message-385387877',
        speaker: 'agent',
        text: 's',
        at: Date.parse('2024-11-14T14:18:25.095Z'),
        facts: { failed: true },
      }),
    ])
    expect(events.map(({ name }) => name)).toEqual(['ticket_opened', 'ticket_closed'])
  })

  test.skipIf(!list)('a real page of tickets gives events alone', async () => {
    const { voices, events, dead, notes } = await readFile(gorgias, list!)
    expect([voices, dead, notes.filter((note) => /not used/.test(note))]).toEqual([[], [], []])
    expect(events.map(({ id, customerRef }) => [id, customerRef])).toEqual([
      ['gorgias-153011972-opened', '400756919'],
      ['gorgias-153011972-closed-1731593946338', '400756919'],
      ['gorgias-153006867-opened', '400746613'],
    ])
  })
})
