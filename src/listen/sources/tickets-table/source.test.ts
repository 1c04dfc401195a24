import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { ticketsTable } from './source.ts'

const freshdesk =
  'Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Resolved time,Closed time,Survey results\n' +
  '41,Leaks after a week,Closed,High,Email,Problem,Ann,Support,2026-03-01 09:00:00,2026-03-02 09:00:00,2026-03-03 09:00:00,Very unhappy\n'

describe('tickets as a table', () => {
  test('what happened is kept; whose words a subject is, is asked and not guessed', async () => {
    const { voices, events, dead, notes } = await readFile(ticketsTable, freshdesk)
    expect(voices).toEqual([])
    expect(dead).toEqual([expect.stringContaining('2: description is missing')])
    expect(notes).toContain('columns not used: Agent')
    const at = (day: number) => Date.parse(`2026-03-0${day}T09:00:00+08:00`)
    const props = {
      status: 'Closed',
      priority: 'High',
      type: 'Problem',
      group: 'Support',
      satisfaction: 'Very unhappy',
    }
    expect(events).toEqual([
      expect.objectContaining({ name: 'ticket_opened', at: at(1), session: 'ticket-41', props, channel: 'Email' }),
      expect.objectContaining({ name: 'ticket_closed', at: at(3), session: 'ticket-41' }),
    ])
  })

  test('a person says who writes the descriptions', async () => {
    const told = (unknown: string) => readFile(ticketsTable, freshdesk, { set: { unknown } })
    expect((await told('customer')).voices).toMatchObject([
      { id: 'ticket-41', text: 'Leaks after a week', speaker: 'customer' },
    ])
    expect((await told('agent')).voices).toMatchObject([{ speaker: 'agent' }])
    const skipped = await told('skip')
    expect([skipped.voices, skipped.dead, skipped.events.length]).toEqual([[], [], 2])
  })

  test('a back office’s own table: who filled it in stands beside, satisfaction in words is a score', async () => {
    const file =
      '工单号,标题,描述,填写人,创建时间,满意度,满意度备注,订单号\n' +
      'T1,漏水,用了三天就漏,顾客,2026-03-01 10:00:00,非常不满意,没人管,A1\n' +
      'T2,漏水,顾客反映漏水,坐席,2026-03-01 11:00:00,满意,,A2\n' +
      'T3,漏水,顾客反映漏水,坐席,2026-03-01 12:00:00,4,,A3\n'
    const { voices, events, dead } = await readFile(ticketsTable, file)
    expect(dead).toEqual([])
    expect(voices.map(({ speaker, text, rating, ratingMax }) => [speaker, text, rating, ratingMax])).toEqual([
      ['customer', '漏水\n用了三天就漏', undefined, undefined],
      ['customer', '没人管', 1, 5],
      ['agent', '漏水\n顾客反映漏水', undefined, undefined],
      ['customer', '', 4, 5],
      ['agent', '漏水\n顾客反映漏水', undefined, undefined],
    ])
    // A number without a scale stays what it is.
    expect(events[2]).toMatchObject({ orderId: 'A3', props: { satisfaction: '4' } })
    const scaled = await readFile(ticketsTable, file, { set: { scale: '1-5' } })
    expect(scaled.voices.at(-1)).toMatchObject({ metric: 'csat', rating: 4, ratingMin: 1, ratingMax: 5 })
  })

  test('Zendesk Explore: what it calls its columns is known, and what was offered is no answer', async () => {
    const file =
      'Ticket ID,Ticket created - Timestamp,Ticket solved - Timestamp,Ticket channel,Ticket satisfaction rating,Ticket satisfaction comment\n' +
      '41,2026-03-01 09:00:00,2026-03-02 09:00:00,Email,Bad,Still loud\n42,2026-03-01 10:00:00,,Web,Offered,\n'
    const { voices, events, dead, notes } = await readFile(ticketsTable, file, { zone: 'UTC' })
    expect(dead).toEqual([])
    expect(notes.filter((note) => note.includes('not used'))).toEqual([])
    expect(voices).toMatchObject([{ metric: 'csat', rating: 0, text: 'Still loud', conversation: 'ticket-41' }])
    expect(voices.length).toBe(1)
    expect(events.map(({ name, at }) => [name, new Date(at as number).toISOString()])).toEqual([
      ['ticket_opened', '2026-03-01T09:00:00.000Z'],
      ['ticket_closed', '2026-03-02T09:00:00.000Z'],
      ['ticket_opened', '2026-03-01T10:00:00.000Z'],
    ])
  })

  test('a number that a spreadsheet rounded is refused', async () => {
    const { dead } = await readFile(ticketsTable, '工单号,标题,创建时间\n2.0260301E+15,漏水,2026-03-01 10:00:00\n')
    expect(dead).toHaveLength(1)
  })
})
