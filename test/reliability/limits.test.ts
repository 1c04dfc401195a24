import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { DEMO, MAIN } from '../../src/core/tenant.ts'
import { createHttp, type Door, listen } from '../../src/http/server.ts'
import { refuseSlowBodies } from '../../src/http/slow.ts'
import { sql } from '../../src/store/clickhouse/sql.ts'
import { naughty } from '../naughty.ts'
import { temporaryFolder } from '../stores.ts'

/** The door of a real server against what is too large, too deep, too slow or strange (rows 18, 20, 21, 33). */
const folder = temporaryFolder('limits')
let app: App
let door: Door
let port = 0
let key = ''
let close: () => void

beforeAll(async () => {
  const config = { dataDir: path.join(folder.path, 'data'), host: '127.0.0.1', port: 0, readerThreads: 0 }
  const opened = await openApp({ ...config, inboxRecords: 3_000 }, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  door = createHttp(app)
  const listening = await listen(door, '127.0.0.1', 0)
  if (!listening.ok) throw new Error(listening.problem.message)
  port = (listening.value.address() as AddressInfo).port
  close = () => listening.value.close()
  key = (await app.access.createKey(MAIN, { name: 'test', scope: 'write' })).secret
}, 120_000)
afterAll(async () => {
  close()
  await app.close()
  folder.remove()
})

const at = Date.UTC(2026, 2, 1, 4)
type Headers = Record<string, string>

/** By the network, so through the straight way. */
async function post(body: string | Buffer | ReadableStream, headers: Headers = {}, target = '/voices?tenant=main') {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1${target}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: body as BodyInit,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  } as RequestInit)
  return { status: answer.status, headers: answer.headers, body: JSON.parse(await answer.text()) as unknown }
}

/** The same without the network, so through the routes. */
async function postByRoute(body: string, headers: Headers = {}, target = '/voices?tenant=main') {
  const near = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }
  const all = {
    host: `127.0.0.1:${port}`,
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    ...headers,
  }
  const url = `http://127.0.0.1:${port}/api/v1${target}`
  const answer = await door.request(url, { method: 'POST', body, headers: all }, near)
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as unknown }
}

/** By how much memory grows at its highest, in MiB, while something is done: the kernel sees what is gone before a timer could look. */
async function growth(work: () => Promise<void>): Promise<number> {
  const hasMark = existsSync('/proc/self/clear_refs')
  if (hasMark) writeFileSync('/proc/self/clear_refs', '5')
  const before = process.memoryUsage.rss()
  await work()
  const highest = hasMark
    ? Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024
    : process.resourceUsage().maxRSS * 1024
  return (highest - before) / 2 ** 20
}

describe('the two ways to the same door', () => {
  test('answer alike, whatever is asked', async () => {
    const voice = { id: 'same', text: '好', at }
    const cases: [body: string, headers?: Headers, target?: string][] = [
      [JSON.stringify([voice])],
      [JSON.stringify({ records: [voice, { text: '没有时间' }] })],
      [JSON.stringify([{ id: 'e', name: 'pay', at }]), {}, '/events?tenant=main'],
      [JSON.stringify([{ id: 'p', title: '暖风机' }]), {}, '/products'],
      [JSON.stringify([{ id: 'o', orderedAt: at, lines: [{}] }]), {}, '/orders?tenant=main'],
      ['[]'],
      ['{}'],
      ['"x"'],
      [JSON.stringify(Array.from({ length: 1_001 }, () => voice))],
      [JSON.stringify([voice]), { authorization: 'Bearer dsk_wrong' }],
      [JSON.stringify([voice]), { authorization: 'Basic x' }],
      [JSON.stringify([voice]), {}, `/voices?tenant=${DEMO}`],
      [JSON.stringify([voice]), {}, '/voices?tenant=nobody'],
      [JSON.stringify([voice]), { origin: 'https://elsewhere.example' }],
      [JSON.stringify([voice]), { 'idempotency-key': 'a b' }],
      [JSON.stringify([{ ...voice, at: Date.now() + 48 * 3_600_000 }])],
      [JSON.stringify([{ ...voice, verified: true }])],
    ]
    const withoutBatch = (answer: { status: number; body: unknown }) => {
      const { batch: _, ...rest } = answer.body as { batch?: string }
      return { status: answer.status, body: rest }
    }
    for (const one of cases) {
      const [straight, routed] = [await post(...one), await postByRoute(...one)]
      expect(withoutBatch(straight), one.join(' ').slice(0, 200)).toEqual(withoutBatch(routed))
      for (const name of [
        'content-type',
        'cache-control',
        'x-content-type-options',
        'x-frame-options',
        'referrer-policy',
      ])
        expect(straight.headers.get(name)).toBe(routed.headers.get(name))
    }
  })

  test('the same key brings the same answer by the network, and another body a refusal', async () => {
    const body = JSON.stringify([{ id: 'k', text: '好', at }, { text: '没有时间' }])
    const answers = await Promise.all(Array.from({ length: 100 }, () => post(body, { 'idempotency-key': 'n-1' })))
    expect(new Set(answers.map((answer) => JSON.stringify([answer.status, answer.body]))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 200, body: { kept: 1, dead: [{ place: 1, field: 'at' }] } })
    expect((await post(`${body} `, { 'idempotency-key': 'n-1' })).status).toBe(409)
  })

  test('a client that calls itself verified is told that there is no such field', async () => {
    const answer = await post(JSON.stringify([{ id: 'x', text: '好', at, verified: true }]))
    expect(answer.body).toMatchObject({ kept: 0, dead: [{ field: 'verified', reason: 'this field is not known' }] })
  })
})

describe('a body', () => {
  test('may be packed with gzip, and with nothing else', async () => {
    const body = JSON.stringify([{ id: 'gz', text: '很吵', at }])
    expect(await post(gzipSync(body), { 'content-encoding': 'gzip' })).toMatchObject({ status: 200, body: { kept: 1 } })
    expect((await post(Buffer.from(body), { 'content-encoding': 'br' })).status).toBe(415)
    expect((await post(gzipSync(body).subarray(0, 20), { 'content-encoding': 'gzip' })).status).toBe(422)
  })

  test('that unpacks to a gigabyte is refused in little memory', async () => {
    const packed = gzipSync(Buffer.alloc(64 * 2 ** 20, 0x20))
    const bomb = Buffer.concat(Array.from({ length: 16 }, () => packed))
    // Connections that were given up meanwhile are noticed first.
    await sleep(50)
    await post(bomb, { 'content-encoding': 'gzip' })
    for (let i = 0; i < 4; i++) {
      const grown = await growth(async () => {
        expect((await post(bomb, { 'content-encoding': 'gzip' })).status).toBe(413)
      })
      expect(grown).toBeLessThan(64)
    }
  }, 60_000)

  test('a hundred thousand deep, or nothing but brackets, is refused in little memory', async () => {
    const deep = `[${'['.repeat(100_000)}${']'.repeat(100_000)}]`
    const open = '['.repeat(7_000_000)
    const bodies = [
      deep,
      `[{"text":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}]`,
      open,
      '{"a":'.repeat(1_000_000),
    ]
    const grown = await growth(async () => {
      for (const body of bodies)
        expect(await post(body)).toMatchObject({ status: 422, body: { error: { code: 'too_deep' } } })
    })
    // Parsing them takes 344.
    expect(grown).toBeLessThan(64)
    // Deep, but small: told about its record, like any other that does not fit.
    const small = await post(`[{"at":${at},"text":${'['.repeat(9_000)}${']'.repeat(9_000)}}]`, {
      'idempotency-key': 'deep',
    })
    expect(small).toMatchObject({ status: 200, body: { kept: 0, dead: [{ field: 'text' }] } })
  })

  test('that is too large is refused, announced or not', async () => {
    const large = Buffer.alloc(8 * 2 ** 20 + 1, 0x20)
    expect((await post(large)).status).toBe(413)
    const chunked = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 9; i++) controller.enqueue(new Uint8Array(2 ** 20).fill(0x20))
        controller.close()
      },
    })
    expect((await post(chunked).catch(() => ({ status: 413 }))).status).toBe(413)
  })

  test('of many pieces of one byte holds little memory', async () => {
    const count = 400_000
    const head = `POST /api/v1/voices?tenant=main HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nTransfer-Encoding: chunked\r\n\r\n`
    const send = () =>
      new Promise<string>((resolve) => {
        const socket = connect(port, '127.0.0.1')
        socket.once('data', (answer) => {
          socket.destroy()
          resolve(answer.toString())
        })
        socket.write(`${head}${'1\r\n \r\n'.repeat(count)}2\r\n[]\r\n0\r\n\r\n`)
      })
    await send()
    const grown = await growth(async () => {
      expect(await send()).toContain('the batch holds no records')
    })
    expect(grown).toBeLessThan(64)
  }, 30_000)

  test('takes its turn beside fifty that come drop by drop: every batch is answered before any of them', async () => {
    const head = `POST /api/v1/events?tenant=main HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Length: 1000\r\n\r\n[`
    let answered = 0
    const slow = Array.from({ length: 50 }, () => {
      const socket = connect(port, '127.0.0.1')
      socket.write(head)
      return socket.on('data', () => answered++).on('error', () => {})
    })
    const drip = setInterval(() => {
      for (const socket of slow) socket.write(' ')
    }, 10)
    for (let i = 0; i < 20; i++)
      expect(await post(JSON.stringify([{ id: `beside-${i}`, name: 'pay', at }]), {}, '/events')).toMatchObject({
        status: 200,
        body: { kept: 1 },
      })
    clearInterval(drip)
    expect(answered).toBe(0)
    for (const socket of slow) socket.destroy()
  })

  test('is cut off where too many or too much is on its way, the oldest first; and after an answer', async () => {
    const server = createServer({ requestTimeout: 0 }, (request, response) => {
      if (request.url === '/api/v1/imports') response.end('no')
      else request.resume()
    })
    refuseSlowBodies(server, { everyMs: 20, bodyMs: 600, mostBodies: 2, mostBytes: 100_000 })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const to = (server.address() as AddressInfo).port
    const begin = (name: string, bytes: number, url = '/x') => {
      const socket = connect(to, '127.0.0.1', () =>
        socket.write(`POST ${url} HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n${'x'.repeat(bytes)}`),
      )
      socket
        .on('data', () => {})
        .on('error', () => {})
        .once('close', () => closed.push(name))
    }
    const closed: string[] = []
    for (const name of ['a', 'b', 'c']) {
      begin(name, 10)
      await sleep(40)
    }
    await expect.poll(() => closed).toEqual(['a'])
    begin('d', 120_000)
    await expect.poll(() => closed).toEqual(['a', 'b', 'c', 'd'])
    begin('answered', 10, '/api/v1/imports')
    await expect.poll(() => closed, { timeout: 5_000 }).toContain('answered')
    server.close()
  })

  test('that comes drop by drop is cut off, while others are answered', async () => {
    const server = createServer({ requestTimeout: 0 }, (request, response) => {
      request.resume().once('end', () => response.end('ok'))
    })
    refuseSlowBodies(server, { bodyMs: 300, everyMs: 50 })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const to = (server.address() as AddressInfo).port
    const slow = connect(to, '127.0.0.1')
    slow.write('POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n')
    const drip = setInterval(() => slow.writable && slow.write('x'), 20)
    const said: string[] = []
    slow.on('data', (chunk) => said.push(chunk.toString())).on('error', () => {})
    const closed = new Promise<void>((resolve) => slow.once('close', () => resolve()))
    const quick = await fetch(`http://127.0.0.1:${to}/`, { method: 'POST', body: 'x' })
    expect(await quick.text()).toBe('ok')
    await closed
    clearInterval(drip)
    expect(said.join('')).toContain('408')
    server.close()
  })

  test('of an import may come slowly; a head may not', async () => {
    const server = createServer({ requestTimeout: 0 }, (request, response) => {
      request.resume().once('end', () => response.end('ok'))
    })
    refuseSlowBodies(server, { bodyMs: 100, everyMs: 20 })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const slow = connect((server.address() as AddressInfo).port, '127.0.0.1')
    slow.write('POST /api/v1/imports HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nx')
    await sleep(400)
    slow.write('x')
    const answer = await new Promise<string>((resolve) => slow.once('data', (chunk) => resolve(chunk.toString())))
    expect(answer).toContain('200 OK')
    slow.destroy()
    server.close()
    const listening = await listen(door, '127.0.0.1', 0)
    expect(listening.ok && listening.value.headersTimeout).toBeLessThanOrEqual(15_000)
    if (listening.ok) listening.value.close()
  })
})

test('every strange text comes back as it was sent, through the API both ways', async () => {
  const texts = Object.values(naughty).flat()
  // A voice needs something to read; what is nothing but white space is refused, and not kept as something else.
  const records = texts.map((text, i) => ({
    id: `naughty-${i}`,
    text: `${text}很吵`,
    at: at + i,
    orderId: `o-${i}`,
    city: text.slice(0, 60),
  }))
  expect(await post(JSON.stringify(records))).toMatchObject({ status: 200, body: { kept: texts.length, dead: [] } })
  const props = Object.fromEntries(texts.map((text, i) => [`p${i}`, text]))
  expect(await post(JSON.stringify([{ id: 'n', name: 'x', at, props }]), {}, '/events')).toMatchObject({
    body: { kept: 1 },
  })
  await app.ingest.idle()
  const found = new Map<string, { text: string; city: string }>()
  for (let cursor = ''; ; ) {
    const url = `http://127.0.0.1:${port}/api/v1/voices?tenant=main&from=2026-03-01&to=2026-03-01${cursor}`
    const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } })
    expect(answer.status).toBe(200)
    const page = (await answer.json()) as { voices: { id: string; text: string; city: string }[]; next: string | null }
    for (const voice of page.voices) found.set(voice.id, voice)
    if (page.next === null) break
    cursor = `&cursor=${encodeURIComponent(page.next)}`
  }
  for (const [i, text] of texts.entries())
    expect(found.get(`naughty-${i}`), JSON.stringify(text)).toMatchObject({
      text: `${text}很吵`.toWellFormed(),
      city: text.slice(0, 60).toWellFormed(),
    })
})

test('ids beyond 2^53 that are sent as bare numbers keep all their digits', async () => {
  const id = '7034235245234523453'
  const sent = `[{"id":${id},"text":"有点吵","at":${at},"orderId": 9007199254740993,"rating":4,"facts":{"shop":${id}}}]`
  expect(await post(sent)).toMatchObject({ status: 200, body: { kept: 1, dead: [] } })
  await app.ingest.idle()
  const stored = await app.stores.analytics.query<{ id: string; order_id: string; facts: string }>(
    sql`SELECT id, order_id, facts FROM voices WHERE tenant = ${MAIN} AND id = ${id}`,
  )
  expect(stored).toMatchObject([{ id, order_id: '9007199254740993', facts: expect.stringContaining('"shop":"') }])
})

test('a sender that is turned away is told when to come again', async () => {
  const batch = (run: string) =>
    JSON.stringify(Array.from({ length: 1_000 }, (_, i) => ({ id: `${run}-${i}`, name: 'pay', at })))
  // On a slow machine the reader may keep up with one wave.
  let turnedAway: Awaited<ReturnType<typeof post>>[] = []
  for (let wave = 0; wave < 5 && turnedAway.length === 0; wave++) {
    const sent = Array.from({ length: 12 }, (_, i) => post(batch(`b${wave}-${i}`), {}, '/events'))
    turnedAway = (await Promise.all(sent)).filter((answer) => answer.status === 429)
  }
  expect(turnedAway.length).toBeGreaterThan(0)
  for (const answer of turnedAway) expect(answer.headers.get('retry-after')).toBe('2')
  await app.ingest.idle()
  // How much waits is asked for once a second, beside the answer that asks.
  await expect
    .poll(async () => (await post(batch('open'), {}, '/events')).status, { timeout: 15_000, interval: 500 })
    .toBe(200)
})
