import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { canny } from './source.ts'

const real = sample('canny/webhooks.jsonl')
const author = { id: 'a1', userID: 'u-7', isAdmin: false, email: 't@example.com', name: 'Testperson' }
const post = {
  id: 'p1',
  title: 'Dark mode',
  details: '',
  author,
  created: '2024-01-02T03:04:05Z',
  status: 'open',
  score: 3,
}
const read = (...documents: object[]) => readFile(canny, documents.map((one) => JSON.stringify(one)).join('\n'))

describe('Canny', () => {
  test('a post is a suggestion of its customer; what staff writes is an agent’s', async () => {
    const { voices } = await read(
      { type: 'post.created', objectType: 'post', created: '2024-01-02T03:04:06Z', object: post },
      {
        type: 'post.created',
        objectType: 'post',
        created: '2024-01-02T03:04:06Z',
        object: { ...post, id: 'p2', author: { ...author, isAdmin: true } },
      },
    )
    expect(
      voices.map(({ id, kind, speaker, text, customerRef, at }) => [id, kind, speaker, text, customerRef, at]),
    ).toEqual([
      ['p1', 'suggestion', 'customer', 'Dark mode', 'u-7', Date.parse('2024-01-02T03:04:05Z')],
      ['p2', 'suggestion', 'agent', 'Dark mode', undefined, Date.parse('2024-01-02T03:04:05Z')],
    ])
    expect(JSON.stringify(voices)).not.toContain('Testperson')
  })

  test('lists of the API are known by what is in them; internal comments are skipped', async () => {
    const comment = { id: 'c1', value: 'Me too', author, post, created: '2024-01-03T00:00:00Z', private: false }
    const { voices, events, skipped } = await read(
      { hasMore: false, posts: [post] },
      { hasMore: true, comments: [comment, { ...comment, id: 'c2', private: true }] },
      { votes: [{ id: 'v1', voter: author, post, created: '2024-01-04T00:00:00Z' }] },
    )
    expect(voices.map(({ id, conversation }) => [id, conversation])).toEqual([
      ['p1', 'p1'],
      ['c1', 'p1'],
    ])
    expect(events).toMatchObject([
      { id: 'suggestion_voted-v1', name: 'suggestion_voted', customerRef: 'u-7', props: { post: 'p1' } },
    ])
    expect(skipped).toEqual(['2: an internal note'])
  })

  test.skipIf(!real)('of a real stream: a post, events, and a link to Jira that is none of them', async () => {
    const { voices, events, skipped, dead, notes } = await readFile(canny, real!)
    expect(dead).toEqual([])
    expect(notes.filter((note) => note.startsWith('fields not used'))).toEqual([])
    expect(voices).toMatchObject([
      {
        id: '62e26a7e1d4ea13c124337bd',
        speaker: 'agent',
        text: 'Custom Fields Testing\nArray of images',
        at: Date.parse('2022-07-28T10:52:46.172Z'),
      },
    ])
    expect(events.map(({ name, at }) => [name, at])).toEqual([
      ['suggestion_status_changed', Date.parse('2022-07-26T18:07:03.143Z')],
      ['suggestion_comment_deleted', Date.parse('2022-07-27T04:12:09.290Z')],
      ['suggestion_vote_withdrawn', Date.parse('2022-07-26T18:09:27.358Z')],
    ])
    expect(skipped).toEqual(['2: nothing that a customer said or did: post.jira_issue_linked'])
  })
})

describe('a delivery of Canny', () => {
  const now = Date.parse('2024-01-01T00:00:00Z')
  const delivery = (headers: Record<string, string>) => ({
    header: (name: string) => headers[name],
    body: Buffer.from('{}'),
    receivedAt: now,
  })
  const nonce = 'n-123'
  const signed = createHmac('sha256', 'key').update(nonce).digest('base64')
  const codeOf = (headers: Record<string, string>, secret = 'key') => {
    const result = canny.webhook!.verify(delivery(headers), secret)
    return result.ok ? 'ok' : result.problem.code
  }
  const good = { 'canny-nonce': nonce, 'canny-signature': signed, 'canny-timestamp': String(now - 60_000) }

  test('is proven by the signature of its nonce, and no older than five minutes', () => {
    expect(codeOf(good)).toBe('ok')
    expect(codeOf({ ...good, 'canny-timestamp': String(now - 301_000) })).toBe('delivery_old')
    expect(codeOf({ ...good, 'canny-timestamp': 'soon' })).toBe('delivery_old')
    expect(codeOf(good, 'another key')).toBe('signature_invalid')
    expect(codeOf({ ...good, 'canny-signature': 'short' })).toBe('signature_invalid')
    expect(codeOf({ 'canny-nonce': nonce })).toBe('signature_missing')
  })

  test('is known again by its nonce, and read as a file is', async () => {
    expect(canny.webhook!.deliveryId!(delivery(good), null)).toBe(nonce)
    const result = await canny.webhook!.read({ type: 'post.created', object: post }, { zone: 'UTC' })
    expect(result.ok && result.value).toMatchObject([{ voice: { id: 'p1' } }])
    expect((await canny.webhook!.read([], { zone: 'UTC' })).ok).toBe(false)
  })
})
