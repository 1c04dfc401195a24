import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { zohoDesk } from './source.ts'

const real = sample('zoho_desk/tickets_search.json')

describe('Zoho Desk', () => {
  test('a description is the customer’s only where the contact created the ticket', async () => {
    const ticket = (createdBy: string) =>
      JSON.stringify({
        id: '1',
        ticketNumber: '9',
        subject: 'S',
        description: 'D',
        contactId: 'c',
        createdBy,
        createdTime: '2026-03-02T08:00:00Z',
      })
    expect((await readFile(zohoDesk, ticket('c'))).voices).toEqual([
      expect.objectContaining({ speaker: 'customer', text: 'S\nD', customerRef: 'c' }),
    ])
    expect((await readFile(zohoDesk, ticket('x'))).dead).toEqual([expect.stringContaining('createdBy is "x"')])
    expect((await readFile(zohoDesk, ticket('x'), { set: { unknown: 'agent' } })).voices[0]!.speaker).toBe('agent')
  })

  test('threads that come in are the customer’s, those that go out the agent’s', async () => {
    const thread = (direction: string) => ({
      id: direction,
      direction,
      content: '<p>words</p>',
      createdTime: '2026-03-02T08:00:00Z',
    })
    const { voices } = await readFile(zohoDesk, JSON.stringify({ data: [thread('in'), thread('out')] }))
    expect(voices.map(({ speaker, text }) => [speaker, text])).toEqual([
      ['customer', 'words'],
      ['agent', 'words'],
    ])
  })

  test.skipIf(!real)('of six real tickets one has a description, whose writer is not the contact', async () => {
    const { voices, events, dead, notes } = await readFile(zohoDesk, real!)
    expect([voices, notes.filter((note) => /not used/.test(note))]).toEqual([[], []])
    expect(dead).toEqual([expect.stringContaining('createdBy is "1329983000000139001"')])
    expect(events.map(({ id }) => id)).toHaveLength(6)
    expect(events[0]).toMatchObject({
      id: 'zoho-desk-1329983000000425001-opened',
      name: 'ticket_opened',
      channel: 'phone',
      customerRef: '1329983000000410184',
    })
  })
})
