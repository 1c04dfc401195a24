import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { query } from 'chdb'
import { zipSync } from 'fflate'
import { afterAll, describe, expect, test } from 'vitest'
import { caught } from '../source/source.ts'
import { openTable, type TableForm } from './table.ts'
import { workbook } from './workbook.fixture.ts'

async function read(file: Buffer | string, form?: TableForm) {
  const bytes = Buffer.from(file as string)
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += 5) yield bytes.subarray(at, at + 5)
  }
  const table = openTable(pieces(), form)
  const rows: string[][] = []
  const done = await caught(async () => {
    for await (const { cells } of table.rows) rows.push(cells)
  })
  return { rows, notes: table.notes(), ...(!done.ok && { problem: done.problem }) }
}

describe('a text table', () => {
  test('is divided by what divides its first line most often', async () => {
    for (const mark of [',', '\t', ';'])
      expect((await read(`a${mark}b\n1${mark}"x\n${mark}y"\n`)).rows).toEqual([
        ['a', 'b'],
        ['1', `x\n${mark}y`],
      ])
  })

  test('without quoting takes a lone quote as a character', async () => {
    const { rows } = await read('a\tb\n5" disk\the said "no\n', { delimiter: '\t', quoted: false })
    expect(rows[1]).toEqual(['5" disk', 'he said "no'])
  })

  test('says when it was not UTF-8', async () => {
    expect((await read(Buffer.from('c6c0bcdb2ccab1bce40abadcbac32c310a', 'hex'))).notes).toEqual(['read as GB18030'])
  })
})

describe('a workbook', () => {
  test('comes as texts: every digit of a number, dates as they stand in the sheet, blank rows left out', async () => {
    const { rows, notes } = await read(
      workbook({
        空: [[null]],
        评价: [
          ['订单号', '内容', '时间', '金额', '好评'],
          [{ number: '820982911946154508' }, '很好 & <快>', { date: 46082.84375 }, { number: '19.90' }, true],
          [null, null, null, null, null],
          ['007', { inline: '差' }, { date: 46082 }, null, false],
        ],
      }),
    )
    expect(rows).toEqual([
      ['订单号', '内容', '时间', '金额', '好评'],
      ['820982911946154508', '很好 & <快>', '2026-03-01 20:15:00', '19.90', 'TRUE'],
      ['007', '差', '2026-03-01', '', 'FALSE'],
    ])
    expect(notes).toEqual(['sheet "评价" was read, not: 空'])
  })

  test('that is a bomb, an archive, cut, or of the old kind is refused', async () => {
    const bomb = workbook({ a: [['x']] }, { 'xl/media/big.bin': new Uint8Array(25_000_000) })
    expect((await read(bomb)).problem).toMatchObject({ code: 'too_large' })
    const archive = Buffer.from(zipSync({ 'a.csv': Buffer.from('a,b\n') }))
    expect((await read(archive)).problem).toMatchObject({ code: 'format', message: expect.stringContaining('ZIP') })
    expect((await read(workbook({ a: [['x']] }).subarray(0, 300))).problem).toMatchObject({ code: 'format' })
    expect((await read(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).problem).toMatchObject({
      remedy: expect.stringContaining('.xlsx'),
    })
  })
})

describe('a Parquet file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'parquet-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  /** Written by another program than the one that reads it here. */
  function parquet(select: string): Buffer {
    const file = path.join(folder, `${Math.random()}.parquet`)
    query(`SELECT ${select} INTO OUTFILE '${file}' FORMAT Parquet`)
    return readFileSync(file)
  }

  test('comes as texts, ids beyond 2^53 and moments exact', async () => {
    const { rows } = await read(
      parquet(`toInt64(820982911946154508) AS id, '很好' AS text, toDateTime64('2026-03-01 12:00:00', 3, 'UTC') AS at,
        toDate('2026-03-02') AS day, 4.5 AS stars, CAST(NULL AS Nullable(String)) AS none, ['a', 'b'] AS tags`),
    )
    expect(rows[0]).toEqual(['id', 'text', 'at', 'day', 'stars', 'none', 'tags'])
    expect(rows[1]).toEqual([
      '820982911946154508',
      '很好',
      '2026-03-01T12:00:00.000Z',
      '2026-03-02',
      '4.5',
      '',
      '["a","b"]',
    ])
  })

  test('of many rows is read part by part, and a cut one is refused', async () => {
    const file = parquet('number AS n FROM numbers(25000)')
    const { rows } = await read(file)
    expect([rows.length, rows[1], rows.at(-1)]).toEqual([25_001, ['0'], ['24999']])
    expect((await read(file.subarray(0, 900))).problem).toMatchObject({ code: 'format' })
  })
})
