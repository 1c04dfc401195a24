import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { createHttp } from '../../src/http/server.ts'
import { temporaryFolder } from '../stores.ts'
import { leak } from './leaks.ts'
import { plantedSentences } from './people.ts'

const folder = temporaryFolder('logs')
const dataDir = path.join(folder.path, 'data')
const near = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }
const lines: string[] = []
const people = plantedSentences(7, 12).filter(({ kind }) => kind === 'phone' || kind === 'id' || kind === 'email')
const PHONE = '13812346021'

let app: App
let http: ReturnType<typeof createHttp>

/** What the sender is answered, as text. */
async function post(target: string, body: string, headers: Record<string, string> = {}): Promise<string> {
  const all = {
    host: 'localhost',
    authorization: `Bearer ${app.localToken}`,
    'content-type': 'application/json',
    ...headers,
  }
  return (
    await http.request(`http://localhost/api/v1${target}?tenant=main`, { method: 'POST', body, headers: all }, near)
  ).text()
}

beforeAll(async () => {
  const opened = await openApp({ dataDir, host: '127.0.0.1', port: 0, readerThreads: 0 }, (line) => lines.push(line))
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  http = createHttp(app)
}, 120_000)
afterAll(async () => {
  await app.close()
  folder.remove()
})

test('whatever is sent wrongly, no line of a log and no reason of a refusal has a person in it', async () => {
  const at = Date.UTC(2026, 1, 1)
  const answers: string[] = []
  for (const { text } of people)
    answers.push(
      await post(
        '/voices',
        JSON.stringify([
          { text, at },
          { text: 'x', at, rating: text },
          { text, at: text },
          { text: 'x', at, zone: text.slice(0, 39) },
          { at, text: 'x', kind: text },
        ]),
      ),
      await post('/orders', JSON.stringify([{ id: text, orderedAt: text, lines: [] }])),
      await post('/voices', JSON.stringify([{ text: 'x', at }]), {
        'idempotency-key': encodeURIComponent(text).slice(0, 190),
      }),
      await post('/privacy/originals', JSON.stringify({ kind: 'voices', id: 'v', day: '', reason: text })),
    )
  await post('/voices', `[{"text": "${PHONE}`)
  await post(`/nothing/${PHONE}`, '{}')
  await app.ingest.idle()
  const files = readdirSync(dataDir)
    .filter((name) => name.endsWith('.log'))
    .map((name) => readFileSync(path.join(dataDir, name), 'utf8'))
  const logged = [...lines, ...files].join('\n')
  const reasons = answers
    .flatMap((answer) => (JSON.parse(answer).dead ?? []).map(({ reason }: { reason: string }) => reason))
    .join('\n')
  expect(reasons).toMatch(/should be a number|is not a time zone/)
  for (const one of people) {
    expect(logged.includes(one.secret), one.text).toBe(false)
    expect(leak(one, reasons), one.text).toBeNull()
  }
  expect(logged).not.toContain(PHONE)
})

test('odd signs in every field of a request about a customer are answered, not broken on', async () => {
  const odd = [
    '\u0000',
    '\ud800',
    '[erased]',
    "'; drop table inbox; --",
    '%',
    '_',
    '\\',
    '"',
    '../../etc',
    '<img src=x onerror=1>',
    '\u202e',
    '👩‍👩‍👧',
    '0',
    'null',
    ' ',
    'a'.repeat(200),
  ]
  for (const text of odd)
    for (const [target, body] of [
      ['/privacy/export', { customer: text }],
      ['/privacy/erase', { customer: text, confirm: text }],
      ['/privacy/originals', { kind: 'voices', id: text, day: '', reason: text }],
    ] as const)
      expect(await post(target, JSON.stringify(body)), `${target} ${text}`).not.toMatch(/"internal"/)
}, 240_000)

test('what breaks inside is logged without what it quotes', () => {
  app.log(`a round of 1 batches failed: cannot parse "打${PHONE}找我，li.wei@example.com" near column 3`)
  expect(lines.at(-1)).toMatch(/cannot parse .* near column 3/)
  expect(lines.at(-1)).not.toMatch(/13812346021|li\.wei/)
})
