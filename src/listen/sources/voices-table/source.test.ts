import { describe, expect, test } from 'vitest'
import { workbook } from '../../decode/workbook.fixture.ts'
import { readFile } from '../../source/read-file.ts'
import { voicesTable } from './source.ts'

const read = (file: string | Buffer, set: Record<string, string>, map: Record<string, string> = {}) =>
  readFile(voicesTable, file, { set, map })
const at = Date.parse('2026-03-01T20:15:00+08:00')

describe('other voices', () => {
  test.each([
    [
      'live_comment',
      '时间,用户ID,内容,直播间\n2026-03-01 20:15:00,u1,这款有异味吗,暖居直播间',
      { customerRef: 'u1', facts: { room: '暖居直播间' } },
    ],
    ['suggestion', '提交时间,建议内容,会员号\n2026-03-01 20:15:00,这款有异味吗,u1', { customerRef: 'u1' }],
    [
      'complaint',
      '投诉单号,投诉时间,投诉类型,投诉内容,订单号\nT1,2026-03-01 20:15:00,质量,这款有异味吗,o1',
      { id: 'T1', orderId: 'o1', facts: { topic: '质量' } },
    ],
    [
      'cancel_reason',
      '订单号,取消时间,取消原因,备注\no1,2026-03-01 20:15:00,这款有异味吗,改地址',
      { orderId: 'o1', facts: { remark: '改地址' } },
    ],
    ['merchant_feedback', '商家ID\t反馈时间\t反馈内容\nm1\t2026-03-01 20:15:00\t这款有异味吗', { merchantId: 'm1' }],
    [
      'social_mention',
      'platform,created_at,text,user id\n微博,2026-03-01 20:15:00,这款有异味吗,u1',
      { channel: '微博', customerRef: 'u1' },
    ],
    ['community_post', '帖子ID,发帖时间,正文\np1,2026-03-01 20:15:00,这款有异味吗', { id: 'p1' }],
    ['question', '商品ID,提问时间,问题内容\ng1,2026-03-01 20:15:00,这款有异味吗', { productId: 'g1' }],
  ] as const)('%s comes in by its natural header', async (kind, file, expected) => {
    const { voices, dead, problem } = await read(`${file}\n`, { kind })
    expect([problem, dead]).toEqual([undefined, []])
    expect(voices).toEqual([{ kind, speaker: 'customer', text: '这款有异味吗', at, ...expected }])
  })

  test('a mystery shopper’s note is no customer’s voice; a score has no scale unless one is given', async () => {
    const file = '日期,门店,项目,得分,备注\n2026-03-01,徐汇店,迎宾,8,没有微笑\n2026-03-01,徐汇店,送客,10,\n'
    const { voices, dead } = await read(file, { kind: 'mystery_note' })
    expect(voices).toEqual([
      {
        kind: 'mystery_note',
        speaker: 'agent',
        text: '没有微笑',
        at: Date.parse('2026-03-01T00:00:00+08:00'),
        merchantId: '徐汇店',
        facts: { item: '迎宾', score: 8 },
      },
    ])
    expect(dead).toEqual([
      '3: facts.score is 10, without words and without a scale; give one with --set ratingMin=0,ratingMax=100',
    ])
    const scaled = await read(file, { kind: 'mystery_note', ratingMin: '0', ratingMax: '10' })
    expect(scaled.voices.map(({ rating, speaker }) => [rating, speaker])).toEqual([
      [8, 'agent'],
      [10, 'agent'],
    ])
  })

  test('an executive’s note is the executive’s, whose name is not taken', async () => {
    const { voices, notes } = await read('日期,记录人,内容\n2026-03-01,王某,听了三通电话，都在催安装\n', {
      kind: 'executive_note',
    })
    expect(voices).toMatchObject([{ kind: 'executive_note', speaker: 'agent', text: '听了三通电话，都在催安装' }])
    expect(notes).toContain('columns not used: 记录人')
    expect(JSON.stringify(voices)).not.toContain('王某')
  })

  test('a workbook is a table as well', async () => {
    const file = workbook({
      弹幕: [
        ['时间', '用户ID', '内容'],
        ['2026-03-01 20:15:00', 'u1', '多少钱'],
      ],
    })
    expect((await read(file, { kind: 'live_comment' })).voices).toMatchObject([
      { text: '多少钱', customerRef: 'u1', at },
    ])
  })

  test('JSON lines with different keys are read each by its own; the kind may be a column', async () => {
    const { voices, dead, notes } = await read(
      '{"type":"live_comment","content":"多少钱","time":1772367300000,"user":{"id":"u1"},"extra":1}\n{"type":"mystery_note","remark":"慢","date":"2026-03-01"}\n{"a":1}\nrubbish\n',
      {},
      { kind: 'type' },
    )
    expect(voices.map(({ kind, speaker, text, customerRef }) => [kind, speaker, text, customerRef])).toEqual([
      ['live_comment', 'customer', '多少钱', 'u1'],
      ['mystery_note', 'agent', '慢', undefined],
    ])
    expect(dead).toHaveLength(2)
    expect(notes).toContain('columns not used: extra')
  })

  test('without a kind, or with one that there is not, the file is refused with the kinds', async () => {
    for (const set of [{}, { kind: 'shout' }])
      expect((await read('时间,内容\n', set as Record<string, string>)).problem).toMatchObject({
        code: 'kind_missing',
        remedy: expect.stringContaining('live_comment'),
      })
  })
})
