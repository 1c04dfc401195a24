import { describe, expect, test } from 'vitest'
import type { Told } from './map.ts'
import { Sender } from './sender.ts'

const event = (id: number): Told => ({ kind: 'events', record: { id: String(id) } })

/** A server that answers as told, and remembers what it was sent. */
function server(...answers: (Response | Error)[]) {
  const sent: { path: string; key: string; ids: string[] }[] = []
  const pauses: number[] = []
  const warnings: string[] = []
  const fetch = async (url: unknown, init?: RequestInit) => {
    const headers = init!.headers as Record<string, string>
    sent.push({
      path: new URL(String(url)).pathname,
      key: headers['idempotency-key']!,
      ids: JSON.parse(String(init!.body)).map(({ id }: { id: string }) => id),
    })
    const answer = answers.shift() ?? new Response('{}')
    if (answer instanceof Error) throw answer
    return answer
  }
  const sleep = async (ms: number) => void pauses.push(ms)
  const options = {
    url: 'https://cem.example/',
    apiKey: 'dsk_x',
    fetch: fetch as typeof globalThis.fetch,
    sleep,
    warn: (message: string) => void warnings.push(message),
  }
  return { sent, pauses, warnings, options }
}

describe('the sender', () => {
  test('sends batches in order, each of one kind', async () => {
    const { sent, options } = server()
    const sender = new Sender({ ...options, batchSize: 2 })
    sender.tell([event(1), event(2), event(3), { kind: 'orders', record: { id: 'o' } }])
    sender.tell([event(4)])
    await sender.drained()
    expect(sent.map(({ path, ids }) => [path, ids])).toEqual([
      ['/api/v1/events', ['1', '2']],
      ['/api/v1/events', ['3']],
      ['/api/v1/orders', ['o']],
      ['/api/v1/events', ['4']],
    ])
  })

  test('repeats after failures under the same key, waiting longer each time or as it is told', async () => {
    const { sent, pauses, options } = server(
      new Error('reset'),
      new Response('', { status: 503 }),
      new Response('', { status: 429, headers: { 'retry-after': '7' } }),
    )
    const sender = new Sender(options)
    sender.tell([event(1)])
    await sender.drained()
    expect([sent.length, new Set(sent.map(({ key }) => key)).size, pauses]).toEqual([4, 1, [500, 1000, 7000]])
  })

  test('does not repeat what is refused, gives up in the end, and says so', async () => {
    const refused = server(new Response('', { status: 400 }))
    const sender = new Sender(refused.options)
    sender.tell([event(1)])
    await sender.drained()
    expect([refused.sent.length, refused.warnings]).toEqual([1, ['Daystar refused 1 events: status 400']])
    const away = server(new Error('a'), new Error('b'))
    const other = new Sender({ ...away.options, tries: 2 })
    other.tell([event(1)])
    await other.drained()
    expect([away.sent.length, away.warnings]).toEqual([2, ['Daystar: 1 events given up after 2 tries: b']])
  })

  test('never keeps more than its bound', async () => {
    const { sent, warnings, options } = server()
    const sender = new Sender({ ...options, mostWaiting: 2 })
    sender.tell([event(1), event(2), event(3)])
    await sender.drained()
    expect([sent.flatMap(({ ids }) => ids), warnings.length]).toEqual([['2', '3'], 1])
  })
})
