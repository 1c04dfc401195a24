import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../../test/stores.ts'
import type { Result } from '../../core/result.ts'
import { type Analytics, prepare, releaseOf, tabbedRows } from './analytics.ts'
import { openEmbeddedClickHouse } from './embedded.ts'
import { limitReached } from './limit.ts'
import { openRemoteClickHouse } from './remote.ts'
import { day, ident, join, type SqlValue, sql, trusted } from './sql.ts'

const folder = temporaryFolder('clickhouse')
const engines: [string, (() => Promise<Result<Analytics>>) | undefined][] = [
  ['embedded', () => openEmbeddedClickHouse(folder.path)],
  [
    'a server (TEST_CLICKHOUSE_URL)',
    process.env.TEST_CLICKHOUSE_URL ? () => openRemoteClickHouse(process.env.TEST_CLICKHOUSE_URL!) : undefined,
  ],
]
afterAll(() => folder.remove())

describe.each(engines)('ClickHouse, %s', (_name, open) => {
  if (!open) return test.skip('needs the address of a server', () => {})

  let analytics: Analytics
  beforeAll(async () => {
    const opened = await open()
    if (!opened.ok) throw new Error(opened.problem.message)
    analytics = opened.value
    await analytics.command(sql`DROP TABLE IF EXISTS contract`)
    await analytics.command(
      trusted('CREATE TABLE contract (id Int64, text String, share Nullable(Float64)) ENGINE = MergeTree ORDER BY id'),
    )
  })
  afterAll(async () => {
    await analytics.command(sql`DROP TABLE IF EXISTS contract`)
    await analytics.close()
  })

  const read = async <T>(value: SqlValue): Promise<T> =>
    (await analytics.query<{ value: T }>(sql`SELECT ${value} AS value`))[0]!.value

  test('any text comes back as it was written into a question', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom(
          "'",
          '"',
          '\\',
          '\n',
          '\r',
          '\t',
          '\0',
          '`',
          '{',
          '}',
          ';',
          '--',
          '/*',
          '*/',
          '%',
          '?',
          '$1',
          '\u2028',
          '😀',
          '噪音',
          'é',
          ' ',
        ),
      }),
    )
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        expect(await read(value)).toBe(value.toWellFormed())
      }),
      { numRuns: 150 },
    )
  })

  test('any finite number comes back with every digit', async () => {
    const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }), fc.maxSafeInteger())
    await fc.assert(
      fc.asyncProperty(number, async (value) => {
        expect(await read<number>(value)).toBe(Math.abs(value) < 2 ** -1022 ? 0 : value)
      }),
      {
        numRuns: 150,
        examples: [[-0], [5e-324], [1.7976931348623157e308], [2 ** 53 - 1], [-1], [0.1], [1e21], [1e-7]],
      },
    )
  })

  test('truth, nothing, days, times, names, lists and pieces are written so that the engine reads them', async () => {
    expect(await read(true)).toBe(1)
    expect(await read(null)).toBe(null)
    expect(await read(day('2024-02-29'))).toBe('2024-02-29')
    expect(await read(new Date(1234))).toBe(1234)
    expect(await read(-5n)).toBe(-5)
    expect(await read(sql`10 -${-5}`)).toBe(15)
    expect(await read(sql`${"b'"} IN ${['a', "b'"]}`)).toBe(1)
    const conditions = [sql`${1} = 1`, sql`${'x'} != ${'y'}`]
    expect(await read(sql`${join(conditions, sql` AND `)}`)).toBe(1)
    expect(await analytics.query(sql`SELECT 1 AS ${ident('a`b\\c "数')}`)).toEqual([{ 'a`b\\c "数': 1 }])
  })

  test('rows come back as they were put in, columns found by name and defaults filled', async () => {
    const rows = [
      { id: 2 ** 53 - 1, text: '; DROP TABLE contract; --\n\\ \0 😀', share: 0.1 },
      { text: '暖', id: 1 },
    ]
    await analytics.insert('contract', rows)
    await analytics.insert('contract', [])
    expect(await analytics.query(sql`SELECT * FROM contract ORDER BY id`)).toEqual([
      { id: 1, text: '暖', share: null },
      rows[0],
    ])
  })

  test('rows written as lines come back as they were: texts, lists of texts, numbers and nothing', async () => {
    await analytics.command(sql`DROP TABLE IF EXISTS contract_lines`)
    await analytics.command(
      trusted(
        'CREATE TABLE contract_lines (id Int64, text String, list Array(String), share Nullable(Float64)) ENGINE = MergeTree ORDER BY id',
      ),
    )
    const text = fc.string({ unit: fc.constantFrom(...`a '"\\,[]\t\n\r\0\b\f暖😀N`) })
    const row = fc.record({
      text,
      list: fc.array(text, { maxLength: 4 }),
      share: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-300 })),
    })
    const rows = fc.sample(row, 300).map((one, id) => ({ id, ...one }))
    await analytics.insert('contract_lines', tabbedRows(rows))
    expect(await analytics.query(sql`SELECT * FROM contract_lines ORDER BY id`)).toEqual(rows)
    await analytics.command(sql`DROP TABLE contract_lines`)
  })

  test('a table from before has the columns that came later, its rows their defaults, however often one starts', async () => {
    const old = 'CREATE TABLE IF NOT EXISTS contract_old (id Int64) ENGINE = MergeTree ORDER BY id'
    const later = {
      contract_old: [
        ['mood', "Word DEFAULT 'none'"],
        ['wants', 'Array(Word)'],
        ['until', 'Nullable(UInt32)'],
      ],
    } as const
    await analytics.command(sql`DROP TABLE IF EXISTS contract_old`)
    await prepare(analytics, [old])
    await analytics.insert('contract_old', [{ id: 1 }])
    for (let start = 0; start < 2; start++) await prepare(analytics, [old], later)
    await analytics.insert('contract_old', [{ id: 2, mood: 'now', wants: ['ask'], until: 7 }])
    expect(await analytics.query(sql`SELECT * FROM contract_old ORDER BY id`)).toEqual([
      { id: 1, mood: 'none', wants: [], until: null },
      { id: 2, mood: 'now', wants: ['ask'], until: 7 },
    ])
    await analytics.command(sql`DROP TABLE contract_old`)
  })

  test('more questions than sessions wait for their turn', async () => {
    const asked = Array.from({ length: 20 }, (_, n) => read(n))
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 20 }, (_, n) => n))
  })

  test('a question is stopped by the engine when its time is over, and the next one is answered', async () => {
    const endless = analytics.query(sql`SELECT count() FROM numbers(1000000000000) WHERE cityHash64(number) = 1`, {
      maxSeconds: 1,
    })
    await expect(endless).rejects.toThrow(/timeout|time/i)
    expect(limitReached(await endless.catch((error: unknown) => error))).toBe('time')
    expect(await read(7)).toBe(7)
  })

  test('a question that would hold too much is refused as such, and the next one is answered', async () => {
    const greedy = analytics.query(
      sql`SELECT uniqExact(number) FROM numbers(10000000) SETTINGS max_memory_usage = 10000000`,
    )
    expect(limitReached(await greedy.catch((error: unknown) => error))).toBe('memory')
    expect(limitReached(new Error('another'))).toBeUndefined()
    expect(await read(7)).toBe(7)
  })

  test('a broken question fails with what the engine says, and the next one is answered', async () => {
    await expect(analytics.query(sql`SELECT nonsense FROM nowhere`)).rejects.toThrow(/nowhere|nonsense/)
    expect(await read(8)).toBe(8)
  })

  test('says its release', () => {
    expect(releaseOf(analytics.version())).toBeGreaterThan(18)
  })
})
