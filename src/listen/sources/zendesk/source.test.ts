import { describe, expect, test } from 'vitest'
import { fail, ok } from '../../../core/result.ts'
import type { Json } from '../../decode/json.ts'
import { readFile, sample } from '../../source/read-file.ts'
import { zendesk } from './source.ts'

const real = (name: string) => sample(`zendesk/${name}.json`)

const ticket = (fields: object) => ({
  id: 2,
  subject: 'Cold',
  description: 'It stays cold',
  status: 'open',
  requester_id: 1,
  submitter_id: 1,
  via: { channel: 'email' },
  created_at: '2026-03-02T00:00:00Z',
  updated_at: '2026-03-03T00:00:00Z',
  ...fields,
})

describe('Zendesk', () => {
  test('a ticket of its requester is the customer’s voice with its subject, and an event', async () => {
    const { voices, events } = await readFile(zendesk, JSON.stringify({ ticket: ticket({}) }))
    expect(voices).toEqual([
      {
        id: 'zendesk-ticket-2',
        kind: 'email',
        speaker: 'customer',
        text: 'Cold\nIt stays cold',
        at: Date.parse('2026-03-02T00:00:00Z'),
        conversation: 'zendesk-2',
        turn: 0,
        channel: 'email',
        customerRef: '1',
      },
    ])
    expect(events[0]).toMatchObject({ name: 'ticket_opened', id: 'zendesk-ticket-2-opened', props: { status: 'open' } })
  })

  test('a ticket that someone else handed in is nobody’s until the role is known', async () => {
    const handed = { tickets: [ticket({ submitter_id: 9 })] }
    expect((await readFile(zendesk, JSON.stringify(handed))).dead[0]).toContain('submitter_id is "9"')
    const known = await readFile(zendesk, JSON.stringify({ ...handed, users: [{ id: 9, role: 'agent' }] }))
    expect(known.voices[0]).toMatchObject({ speaker: 'agent' })
    expect(known.voices[0]!.customerRef).toBeUndefined()
  })

  test('good and bad are ends of a scale; an offered survey is no answer', async () => {
    const rated = (score: string) => ({
      id: 5,
      ticket_id: 2,
      requester_id: 1,
      score,
      comment: null,
      created_at: '2026-03-04T00:00:00Z',
    })
    const { voices, skipped } = await readFile(
      zendesk,
      JSON.stringify({ satisfaction_ratings: ['good', 'bad', 'offered'].map(rated) }),
    )
    expect(voices.map(({ rating, ratingMin, ratingMax, metric }) => [rating, ratingMin, ratingMax, metric])).toEqual([
      [1, 0, 1, 'csat'],
      [0, 0, 1, 'csat'],
    ])
    expect(skipped).toEqual(['1: a survey without an answer'])
  })

  test('ticket events of the incremental export are read as the audits they come from', async () => {
    const event = (fields: object) => ({
      id: 81,
      ticket_id: 2,
      updater_id: 1,
      timestamp: 1_772_409_600,
      created_at: '2026-03-02T00:00:00Z',
      via: 'Mail',
      event_type: 'Audit',
      ...fields,
    })
    const file = {
      ticket_events: [
        event({
          child_events: [
            { id: 90, via: 'Mail', requester_id: 1, event_type: 'Create' },
            { id: 91, via: 'Mail', status: 'new', event_type: 'Create' },
            { id: 92, via: 'Mail', type: 'Comment', event_type: 'Comment', body: '一直不热', public: true },
          ],
        }),
        event({
          id: 82,
          updater_id: 9,
          created_at: undefined,
          child_events: [
            { id: 93, via: 'Web form', event_type: 'Comment', author_id: 9, body: '内部：已补发', public: false },
            { id: 94, via: 'Web form', event_type: 'Comment', comment_present: true, comment_public: true },
            { id: 95, via: 'Web form', status: 'solved', previous_value: 'new', event_type: 'Change' },
          ],
        }),
      ],
      next_page: null,
      count: 2,
      end_of_stream: true,
    }
    const { voices, events, skipped, dead } = await readFile(zendesk, JSON.stringify(file))
    expect(dead).toEqual([])
    const at = Date.parse('2026-03-02T00:00:00Z')
    expect(voices).toEqual([
      {
        id: 'zendesk-comment-92',
        kind: 'email',
        speaker: 'customer',
        text: '一直不热',
        at,
        conversation: 'zendesk-2',
        channel: 'email',
        customerRef: '1',
      },
    ])
    expect(events).toEqual([
      expect.objectContaining({ id: 'zendesk-change-95', name: 'ticket_closed', at, session: 'zendesk-2' }),
    ])
    expect(skipped).toEqual([
      '1: a change of state (requester_id)',
      '1: a change of state (status)',
      '1: an internal note',
      '1: without words',
    ])
  })

  test('another system’s file gives no voices', async () => {
    const { voices, dead } = await readFile(zendesk, '{"review_id":"r","text":"x"}')
    expect([voices.length, dead]).toEqual([0, ['1:  is no ticket, comment, audit or rating of Zendesk']])
  })

  test.skipIf(!real('tickets'))('real tickets: their requesters speak', async () => {
    const { voices, events, dead, skipped, notes } = await readFile(zendesk, real('tickets')!)
    expect([dead, skipped, notes.filter((note) => /not used/.test(note))]).toEqual([[], [], []])
    expect(voices.map(({ text }) => text)).toEqual([
      'Mail to create fixture ticket for testing\n\nnukosuke (●ↀ ω ↀ●)',
      'にゃー\nぬこすけ',
    ])
    expect(events.map(({ id }) => id)).toEqual(['zendesk-ticket-2-opened', 'zendesk-ticket-3-opened'])
  })

  test.skipIf(!real('ticket'))('a real ticket and a real search give one voice each', async () => {
    for (const name of ['ticket', 'search_ticket']) {
      const { voices, dead, notes } = await readFile(zendesk, real(name)!)
      expect([name, voices.length, dead, notes.filter((note) => /not used/.test(note))]).toEqual([name, 1, [], []])
    }
  })

  test.skipIf(!real('ticket_comments'))(
    'real comments without users are nobody’s; a person can say whose',
    async () => {
      const { voices, dead } = await readFile(zendesk, real('ticket_comments')!)
      expect([voices.length, dead.length]).toEqual([0, 2])
      const told = await readFile(zendesk, real('ticket_comments')!, { set: { unknown: 'customer' } })
      expect(told.voices.map(({ id, speaker }) => [id, speaker])).toEqual([
        ['zendesk-comment-2', 'customer'],
        ['zendesk-comment-3', 'customer'],
      ])
    },
  )

  test.skipIf(!real('ticket_audits'))('real audits give the change of state, not the private note', async () => {
    const { voices, events, skipped } = await readFile(zendesk, real('ticket_audits')!)
    expect([voices.length, skipped]).toEqual([0, ['1: an internal note']])
    expect(events).toEqual([expect.objectContaining({ name: 'ticket_status_changed', session: 'zendesk-666' })])
  })
})

describe('the pull of Zendesk', () => {
  const settings = { subdomain: 'shop', email: 'a@example.com', token: 't0ken' }
  const answers: Record<string, Json> = {
    '/api/v2/incremental/tickets/cursor.json?per_page=50&start_time=1767225600': {
      tickets: [ticket({ satisfaction_rating: { id: 5, score: 'good' } }), { id: 3, status: 'deleted' }],
      after_cursor: 'abc==',
      end_of_stream: false,
    } as Json,
    '/api/v2/incremental/tickets/cursor.json?per_page=50&cursor=abc%3D%3D': {
      tickets: [],
      after_cursor: 'abc==',
      end_of_stream: true,
    },
    '/api/v2/tickets/2/comments.json?include=users&page[size]=100': {
      comments: [{ id: 7, author_id: 1, body: 'It stays cold', public: true, created_at: '2026-03-02T00:00:00Z' }],
      users: [{ id: 1, role: 'end-user' }],
      meta: { has_more: true, after_cursor: 'x' },
    },
    '/api/v2/tickets/2/comments.json?include=users&page[size]=100&page[after]=x': {
      comments: [{ id: 8, author_id: 9, body: 'Sorry', public: true, created_at: '2026-03-02T01:00:00Z' }],
      users: [{ id: 9, role: 'agent' }],
      meta: { has_more: false },
    },
    '/api/v2/satisfaction_ratings/5.json': {
      satisfaction_rating: { id: 5, score: 'good', created_at: '2026-03-02T12:00:00Z' },
    },
  }
  const asked: string[] = []
  const get = async (url: string, headers: Record<string, string>) => {
    asked.push(url)
    expect(headers.authorization).toBe(`Basic ${Buffer.from('a@example.com/token:t0ken').toString('base64')}`)
    const found = answers[url.replace('https://shop.zendesk.com', '')]
    return found === undefined ? fail({ code: 'not_found', message: url }) : ok(found)
  }
  const request = { get, context: { zone: 'UTC' }, now: Date.UTC(2026, 3, 1) }

  test('asks from a day on, then from the cursor, with comments and the time of the rating', async () => {
    const first = await zendesk.pull!.page({
      ...request,
      cursor: undefined,
      settings: { ...settings, since: '2026-01-01' },
    })
    expect(first).toMatchObject({ ok: true, value: { cursor: 'abc==', more: true } })
    const items = first.ok ? first.value.items : []
    expect(items).toMatchObject([
      { event: { name: 'ticket_opened' } },
      { voice: { id: 'zendesk-comment-7', speaker: 'customer', conversation: 'zendesk-2' } },
      { voice: { id: 'zendesk-comment-8', speaker: 'agent' } },
      { voice: { id: 'zendesk-rating-5', rating: 1, at: Date.parse('2026-03-02T12:00:00Z') } },
      { skipped: 'what was deleted' },
    ])
    const last = await zendesk.pull!.page({ ...request, cursor: 'abc==', settings })
    expect(last).toEqual({ ok: true, value: { items: [], cursor: 'abc==', more: false } })
  })

  test('a failed question fails the page, so that nothing of it is missed', async () => {
    const failing = async (url: string, headers: Record<string, string>) =>
      url.includes('comments') ? fail({ code: 'rate', message: '429' }) : get(url, headers)
    const page = await zendesk.pull!.page({
      ...request,
      get: failing,
      cursor: undefined,
      settings: { ...settings, since: '2026-01-01' },
    })
    expect(page).toMatchObject({ ok: false, problem: { code: 'rate' } })
  })

  test.each(['evil.example.com/', 'a@b', '', 'shop.zendesk.com', '-a'])(
    '%j is no subdomain, and nothing is asked',
    async (subdomain) => {
      asked.length = 0
      const page = await zendesk.pull!.page({ ...request, cursor: undefined, settings: { ...settings, subdomain } })
      expect([page.ok, asked]).toEqual([false, []])
    },
  )
})
