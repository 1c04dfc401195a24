import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MAIN } from '../core/tenant.ts'
import { sql } from '../store/clickhouse/sql.ts'
import { accept } from './accept.ts'
import { replayDeadLetter } from './replay.ts'
import { openTrial } from './trial.ts'

let trial: Awaited<ReturnType<typeof openTrial>>
beforeAll(async () => {
  trial = await openTrial()
}, 120_000)
afterAll(() => trial.close())

const at = Date.UTC(2026, 2, 1)
const voices = (n: number, text = '好') =>
  Array.from({ length: n }, (_, i) => ({ id: `v${i}`, text: `${text}${i}`, at }))
const batch = (tenant: ReturnType<typeof trial.tenant>, records: unknown[]) =>
  ({ tenant, source: 'http', kind: 'voices', zone: 'Asia/Shanghai', records }) as const
const deadLetters = (tenant: string) =>
  trial.stores.db.selectFrom('dead_letters').selectAll().where('tenant', '=', tenant).orderBy('id').execute()
const inboxRows = (tenant: string) =>
  trial.stores.db.selectFrom('inbox').selectAll().where('tenant', '=', tenant).orderBy('id').execute()

describe('idempotency', () => {
  test('the same batch sent 100 times at once is one copy with one answer, and so it stays', async () => {
    const tenant = trial.tenant()
    const one = { ...batch(tenant, [...voices(3), { text: '没有时间' }]), idempotencyKey: 'k-1' }
    const answers = await Promise.all(Array.from({ length: 100 }, () => accept(trial.stores, one)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ ok: true, value: { kept: 3, dead: [{ place: 3, field: 'at' }] } })
    expect(await accept(trial.stores, one)).toEqual(answers[0])
    expect(await inboxRows(tenant)).toHaveLength(1)
    expect(await deadLetters(tenant)).toHaveLength(1)
  })

  test('the same key with another body is refused, and nothing is written', async () => {
    const tenant = trial.tenant()
    await accept(trial.stores, { ...batch(tenant, voices(1)), idempotencyKey: 'k-2' })
    const other = await accept(trial.stores, { ...batch(tenant, [{ text: '另一个' }]), idempotencyKey: 'k-2' })
    expect(other).toMatchObject({ ok: false, problem: { code: 'idempotency_conflict' } })
    expect(await inboxRows(tenant)).toHaveLength(1)
    expect(await deadLetters(tenant)).toHaveLength(0)
  })

  test('two tenants may use the same key and the same ids', async () => {
    const [one, two] = [trial.tenant(), trial.tenant()]
    for (const tenant of [one, two]) await accept(trial.stores, { ...batch(tenant, voices(2)), idempotencyKey: 'k-3' })
    await trial.read()
    expect([await trial.count('voices', one), await trial.count('voices', two)]).toEqual([2, 2])
  })

  test('a batch sent again without a key adds nothing either', async () => {
    const tenant = trial.tenant()
    const records = [
      { text: '很好', at },
      { text: '很好', at },
      { text: '差', at },
    ]
    for (let i = 0; i < 3; i++) await accept(trial.stores, batch(tenant, records))
    await trial.read()
    expect(await trial.count('voices', tenant)).toBe(3)
    expect(await trial.count('mentions', tenant)).toBe(3)
  })
})

describe('dead letters', () => {
  test('one bad record in a hundred: 99 are stored, one is listed with its reason and can be replayed once mended', async () => {
    const tenant = MAIN
    const records: unknown[] = voices(100)
    records[41] = { id: 'v41', text: '打13812346021找我', at, rating: '五' }
    const answer = await trial.send(batch(tenant, records))
    expect(answer).toMatchObject({
      kept: 99,
      dead: [{ place: 41, field: 'rating', reason: 'should be a number, but is "五"' }],
    })
    const [letter] = await deadLetters(tenant)
    expect(letter!.record).toContain('138****6021')
    expect(letter!.record).not.toContain('13812346021')

    const again = await replayDeadLetter(trial.stores, tenant, letter!.id)
    expect(again).toMatchObject({ ok: false, problem: { code: 'dead_letter_still_refused', where: 'rating' } })
    const mended = { ...JSON.parse(letter!.record), rating: 5 }
    expect(await replayDeadLetter(trial.stores, tenant, letter!.id, mended)).toMatchObject({
      ok: true,
      value: { kept: 1 },
    })
    const twice = await replayDeadLetter(trial.stores, tenant, letter!.id, mended)
    expect(twice).toMatchObject({ ok: false, problem: { code: 'dead_letter_replayed' } })
    await trial.read()
    expect(await trial.count('voices', tenant)).toBe(100)
  })

  test('a batch without one good record still lists all its dead', async () => {
    const tenant = trial.tenant()
    const answer = await trial.send(batch(tenant, [null, 7, 'x', { a: 1 }]))
    expect(answer.kept).toBe(0)
    expect((await deadLetters(tenant)).map((letter) => letter.place)).toEqual([0, 1, 2, 3])
    await trial.read()
  })

  test('a dead letter of another tenant cannot be replayed', async () => {
    const [owner, other] = [trial.tenant(), trial.tenant()]
    await trial.send(batch(owner, [null]))
    const [letter] = await deadLetters(owner)
    expect(await replayDeadLetter(trial.stores, other, letter!.id)).toMatchObject({
      ok: false,
      problem: { code: 'not_found' },
    })
    expect(await replayDeadLetter(trial.stores, other, "1' or 1=1")).toMatchObject({
      ok: false,
      problem: { code: 'not_found' },
    })
  })

  test('a record nested a hundred thousand deep is refused like any other', async () => {
    let deep: unknown = 1
    for (let i = 0; i < 100_000; i++) deep = [deep]
    expect(await trial.send(batch(trial.tenant(), [{ text: deep, at }]))).toMatchObject({
      kept: 0,
      dead: [{ field: 'text' }],
    })
  })
})

test('what is written is masked before it reaches the disk', async () => {
  const tenant = trial.tenant()
  await trial.send(batch(tenant, [{ text: '电话13812346021', at, customerRef: '13812346021' }]))
  const [row] = await inboxRows(tenant)
  expect(row!.records).not.toContain('13812346021')
  expect(row!.records).toContain('138****6021')
})

test('naughty strings come back byte for byte', async () => {
  const tenant = trial.tenant()
  const texts = naughty
  await trial.send({
    ...batch(
      tenant,
      texts.map((text, i) => ({ id: `n${i}`, text, at, city: text.slice(0, 20).toWellFormed(), channel: '<b>' })),
    ),
  })
  await trial.read()
  const rows = await trial.stores.analytics.query<{ id: string; text: string; city: string }>(
    sql`SELECT id, text, city FROM voices WHERE tenant = ${tenant}`,
  )
  const stored = new Map(rows.map((row) => [row.id, row]))
  for (const [i, text] of texts.entries()) {
    expect(stored.get(`n${i}`)!.text).toBe(text.toWellFormed())
    expect(stored.get(`n${i}`)!.city).toBe(text.slice(0, 20).toWellFormed())
  }
})

const naughty = [
  'undefined',
  'null',
  'NaN',
  '-0',
  '1e1000',
  '0x0',
  'true',
  '\\',
  '\\\\',
  '\\n',
  '\\u0000',
  "'",
  '"',
  '`',
  "''",
  "'; DROP TABLE voices; --",
  '" OR 1=1 --',
  '$'.concat('{7*7}'),
  '{{7*7}}',
  '%s%n',
  '%00',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\ttab',
  'line\nbreak',
  'cr\rlf\r\n',
  'nul\u0000inside',
  '\u0001\u0008\u000b\u001f\u007f',
  '\u0085\u2028\u2029',
  '\u200b\u200d\ufeff',
  '\u202etxet desrever',
  'e\u0301 é',
  '田中さん',
  '取暖器很吵😡',
  '👨‍👩‍👧‍👦🏳️‍🌈',
  '𠜎𠜱𡿺',
  'ﷺ',
  'Z̸̡̧a̴l̵g̶o',
  'half \ud83d pair',
  '\udc00',
  '１２３',
  '٤٢',
  'İıßẞ',
  '__proto__',
  'constructor',
  'toString',
  '{"$gt":""}',
  '[]',
  '{}',
  '😀'.repeat(2_000),
  ' 前后空格 ',
]
