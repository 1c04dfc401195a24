import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { MAIN } from '../core/tenant.ts'
import { workbook } from './decode/workbook.fixture.ts'
import { fits, guess } from './guess.ts'
import { HEAD_BYTES, type Head, headOf } from './head.ts'
import { recordKinds } from './kinds.ts'
import { previewFile } from './preview.ts'
import { Protector } from './privacy/safeguards.ts'
import type { SourceOptions } from './source/source.ts'
import { sources } from './sources/list.ts'

const options = { zone: 'Asia/Shanghai', map: {}, set: {}, ignore: [] }
const whole = (text: string | Buffer): Head => ({ bytes: Buffer.from(text as string), whole: true })
const protectors = Object.fromEntries(recordKinds.map((kind) => [kind, new Protector(MAIN, kind)])) as never

async function preview(head: Head, source = 'auto', more: Partial<SourceOptions> = {}) {
  const request = { tenant: MAIN, source, head, options: { ...options, ...more }, protectors }
  const answer = await previewFile({ ...request, receivedAt: Date.UTC(2026, 10, 25) })
  if (!answer.ok) throw new Error(answer.problem.message)
  return answer.value
}

const folder = path.join(import.meta.dirname, 'sources')
const fixtures = sources.flatMap(({ id }) => {
  const name = readdirSync(path.join(folder, id)).find((file) => /^fixture\.(?!ts$)/.test(file))
  return name === undefined ? [] : [{ id, bytes: readFileSync(path.join(folder, id, name)) }]
})

describe('which source a file is of', () => {
  test('is found for the invented file of every source', async () => {
    const wrong: string[] = []
    for (const { id, bytes } of fixtures) {
      const [best] = await fits(whole(bytes), options)
      if (best?.source.id !== id) wrong.push(`${id} is taken for ${best?.source.id}`)
    }
    console.log(`auto: ${fixtures.length - wrong.length} of ${fixtures.length} fixtures find their own source`)
    expect(fixtures.length).toBeGreaterThan(50)
    expect(wrong).toEqual([])
  })

  test('is found for reviews with plain column names, and for our own lines', async () => {
    const reviews = await preview(whole('评价内容,评分,评价时间\n很安静,5,2026-03-01 10:00:00\n太吵了,1,2026-03-02\n'))
    expect([reviews.source, reviews.counts.voices]).toEqual(['reviews-csv', 2])
    const lines = await preview(whole('{"type":"voice","text":"好","at":"2026-03-01T10:00:00+08:00"}\n'))
    expect(lines.source).toBe('jsonl')
  })

  test('is not made up where none fits', async () => {
    for (const text of ['hello', '', 'a,b\n1,2\n', '{"x":1}', '\0\u0001\u0002', 'shop,lat,long\nA,1,2\n']) {
      const answer = await guess(whole(text), options)
      expect(answer.ok ? answer.value[0]?.source.id : answer.problem.code, JSON.stringify(text)).toBe('source_unclear')
    }
  })

  test('is found in a workbook, and in the beginning of a file that is cut', async () => {
    const rows = [
      ['评价内容', '评分', '评价时间'],
      ['很安静', '5', '2026-03-01'],
    ]
    const sheet = await preview(whole(workbook({ 评价: rows })))
    expect([sheet.source, sheet.form, sheet.counts.voices]).toEqual(['reviews-csv', 'workbook', 1])
    const text = Buffer.from(`评价内容,评分,评价时间\n${'声音有点大,3,2026-03-01\n'.repeat(50)}`)
    const cut = await preview({ bytes: text.subarray(0, 700), whole: false })
    expect(cut).toMatchObject({ source: 'reviews-csv', problem: null, refusedCount: 0, whole: false })
  })
})

test('of dates that may be read in two ways nothing is kept before their order is said, and what was seen is told', async () => {
  const file = whole(
    '评价内容,评价时间,送达日期\n声音有点大,3/2/26 上午8:05,13/2/2026\n很安静,4/2/26 下午9:41,3/2/2026\n',
  )
  const unsaid = await preview(file)
  const sent = { name: '送达日期', seen: '13/2/2026', order: 'dmy', by: 'proof' }
  const seen = '3/2/26 上午8:05'
  expect(unsaid.dates).toEqual([{ name: '评价时间', seen, order: null, by: null }, sent])
  expect([unsaid.source, unsaid.counts.voices, unsaid.refusedCount]).toEqual(['reviews-csv', 0, 2])
  const said = await preview(file, 'auto', { dates: 'mdy' })
  expect(said.dates).toEqual([{ name: '评价时间', seen, order: 'mdy', by: 'choice' }, sent])
  expect(said.records.map(({ record }) => (record as { at: number }).at)).toEqual([
    Date.parse('2026-03-02T08:05:00+08:00'),
    Date.parse('2026-04-02T21:41:00+08:00'),
  ])
})

const samples = path.resolve(import.meta.dirname, '../../../shared/samples')
/** The folder of a real file, and the source that must be found for it. */
const real: Record<string, string> = {
  '17track': '17track',
  amazon_qa: 'amazon-qa',
  canny: 'canny',
  fider: 'fider',
  formbricks: 'formbricks',
  freshdesk: 'freshdesk',
  gorgias: 'gorgias',
  intercom: 'intercom',
  jd_comments: 'jd-comments',
  jotform: 'jotform',
  judgeme: 'judgeme',
  klaviyo: 'klaviyo',
  kuaidi100: 'kuaidi100',
  magento: 'magento',
  medusa: 'medusa',
  qualtrics: 'qualtrics',
  satismeter: 'satismeter',
  steam: 'steam',
  tally: 'tally',
  taobao_tmall_comments: 'taobao-itemrates',
  tmall_orders: 'orders-table',
  woocommerce: 'woocommerce',
  xiaohongshu: 'xiaohongshu',
  zoho_desk: 'zoho-desk',
}

describe.skipIf(!existsSync(samples))('real files beside the project', () => {
  test('find their source', async () => {
    const wrong: string[] = []
    let n = 0
    for (const [of, id] of Object.entries(real))
      for (const file of readdirSync(path.join(samples, of))) {
        n++
        const [best] = await fits(whole(readFileSync(path.join(samples, of, file))), options)
        if (best?.source.id !== id) wrong.push(`${of}/${file} is taken for ${best?.source.id}`)
      }
    console.log(`auto: ${n - wrong.length} of ${n} real files find their source`)
    expect(wrong).toEqual([])
  })

  test('can all be previewed by whatever fits, without breaking', async () => {
    for (const of of readdirSync(samples).filter((name) => statSync(path.join(samples, name)).isDirectory()))
      for (const file of readdirSync(path.join(samples, of))) {
        const head = whole(readFileSync(path.join(samples, of, file)))
        const found = await guess(head, options)
        if (!found.ok) expect(found.problem.code).toBe('source_unclear')
        else expect((await preview(head)).source).toBe(found.value[0]!.source.id)
      }
  })
})

describe('a preview', () => {
  const table = [
    '评价内容,评分,评价时间,昵称',
    '很安静，电话 13812345678,5,2026-03-01 10:00:00,张三',
    '太吵了,9,2026-03-02 10:00:00,李四',
    '还行,3,02/03/2026,王五',
  ].join('\n')

  test('shows the records as they would be kept, masked, and what would be refused with its line and reason', async () => {
    const seen = await preview(whole(table))
    expect(seen.records).toMatchObject([
      { line: 2, kind: 'voices', record: { text: '很安静，电话 138****5678', rating: 5 } },
    ])
    expect(seen.refused.map(({ line, field }) => [line, field])).toEqual([
      [3, 'rating'],
      [4, 'at'],
    ])
    expect(JSON.stringify(seen)).not.toContain('13812345678')
  })

  test('says which columns are used for what, which are not, and what a person may choose', async () => {
    const seen = await preview(whole(table))
    expect(seen.fields.used).toContainEqual({ from: '评价内容', to: 'text' })
    expect(seen.fields.unused).toEqual(['昵称'])
    expect(seen.columns).toEqual(['评价内容', '评分', '评价时间', '昵称'])
    expect(seen.targets).toContain('text')
  })

  test('follows the columns and constants that a person chose', async () => {
    const file = whole('正文,打星\n很安静,5\n')
    expect(await preview(file, 'reviews-csv')).toMatchObject({
      problem: { code: 'columns_unknown' },
      columns: ['正文', '打星'],
    })
    const seen = await preview(file, 'reviews-csv', {
      map: { text: '正文', rating: '打星' },
      set: { at: '2026-01-01' },
    })
    expect(seen).toMatchObject({ problem: null, counts: { voices: 1 }, guessed: null })
  })

  test('tells why fields are left out on purpose', async () => {
    const jd = fixtures.find(({ id }) => id === 'jd-comments')!
    const { fields } = await preview(whole(jd.bytes))
    expect(fields.left.find(({ from }) => from === 'nickname')?.why?.en).toMatch(/personal/)
  })

  test('tells the encoding', async () => {
    const chinese = Buffer.from([
      0xc6, 0xc0, 0xbc, 0xdb, 0xc4, 0xda, 0xc8, 0xdd, 0x2c, 0xc6, 0xc0, 0xb7, 0xd6, 0x2c, 0xca, 0xb1, 0xbc, 0xe4, 0x0a,
      0xba, 0xdc, 0xba, 0xc3, 0x2c, 0x35, 0x2c, 0x32, 0x30, 0x32, 0x36, 0x2d, 0x30, 0x31, 0x2d, 0x30, 0x31, 0x0a,
    ])
    expect(await preview(whole(chinese))).toMatchObject({
      source: 'reviews-csv',
      form: 'gb18030',
      counts: { voices: 1 },
    })
  })

  test('of every source’s own file keeps what an import would, and breaks nowhere it is cut', async () => {
    for (const { id, bytes } of fixtures) {
      const seen = await preview(whole(bytes), id)
      expect(seen.records.length, id).toBeGreaterThan(0)
      await preview({ bytes: bytes.subarray(0, Math.ceil(bytes.length * 0.6)), whole: false }, id)
    }
  })
})

describe('the head of a stream', () => {
  async function* pieces(n: number) {
    for (let i = 0; i < n; i++) yield Buffer.alloc(64 * 1024, 97 + (i % 26))
  }
  test('leaves the stream as it was', async () => {
    const { head, stream } = await headOf(pieces(40))
    expect([head.bytes.length, head.whole]).toEqual([HEAD_BYTES, false])
    const all = await stream.toArray()
    const expected: Buffer[] = []
    for await (const piece of pieces(40)) expected.push(piece)
    expect(Buffer.concat(all).equals(Buffer.concat(expected))).toBe(true)
    expect((await headOf(pieces(2))).head).toMatchObject({ whole: true })
  })
})
