import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { jdComments } from './source.ts'

const real = sample('jd_comments/product_page_comments.json')
const one = { id: 22300000001, content: '烧水慢', creationTime: '2025-02-09 21:02:03', score: 2, referenceId: '77' }
const read = (file: unknown) => readFile(jdComments, typeof file === 'string' ? file : JSON.stringify(file))

describe('JD comments', () => {
  test('come alone, in a list, in their envelope and as JSONP, always the same', async () => {
    const forms = [one, [one], { comments: [one], maxPage: 1 }]
    const calls = [`fetchJSON_comment98(${JSON.stringify({ comments: [one] })});`, `cb.x( ${JSON.stringify([one])} )\n`]
    for (const file of [...forms, ...calls]) {
      const { voices, dead } = await read(file)
      expect([voices.length, dead]).toEqual([1, []])
      expect(voices[0]).toMatchObject({
        id: '22300000001',
        text: '烧水慢',
        rating: 2,
        at: Date.parse('2025-02-09T21:02:03+08:00'),
        productId: '77',
        speaker: 'customer',
      })
    }
  })

  test('in GBK, as the interface sends them, are read', async () => {
    const bytes = Buffer.concat([
      Buffer.from(
        'fetchJSON_comment98({"comments":[{"id":1,"score":5,"creationTime":"2025-02-09 21:02:03","content":"',
      ),
      // 很好
      Buffer.from([0xba, 0xdc, 0xba, 0xc3]),
      Buffer.from('"}]});'),
    ])
    const { voices, notes } = await readFile(jdComments, bytes)
    expect(voices.map(({ text }) => text)).toEqual(['很好'])
    expect(notes).toContain('read as GB18030')
  })

  test('default praise keeps its rating and is nobody’s text', async () => {
    for (const content of ['此用户未填写评价内容', '您没有填写内容，默认好评', '用户未及时评价,系统默认好评!']) {
      const { voices } = await read({ ...one, content, score: 5 })
      expect(voices).toEqual([expect.objectContaining({ text: '', rating: 5, facts: { default_praise: true } })])
    }
  })

  test('a follow-up, the shop’s reply and another shopper’s word stand in one conversation by their times', async () => {
    const { voices } = await read({
      ...one,
      nickname: 'j***n',
      afterUserComment: { id: 9, content: '换了新的', created: '2025-02-20 10:00:00' },
      replies: [
        {
          id: 5,
          content: '给您换',
          nickname: '某某旗舰店',
          creationTime: '2025-02-10 10:00:00',
          replyList: [{ id: 6, content: '我的也慢', nickname: 'k***k', creationTime: '2025-02-11 10:00:00' }],
        },
        { id: 7, content: '  ', nickname: '某某旗舰店', creationTime: '2025-02-12 10:00:00' },
      ],
    })
    expect(voices.map((voice) => [voice.id, voice.kind, voice.speaker, voice.conversation, voice.turn])).toEqual([
      ['22300000001', 'review', 'customer', '22300000001', 0],
      ['reply-5', 'review', 'agent', '22300000001', 1],
      ['reply-6', 'community_post', 'customer', '22300000001', 2],
      ['22300000001.follow-up', 'follow_up_review', 'customer', '22300000001', 3],
    ])
    expect(voices.every(({ customerRef }) => customerRef === undefined)).toBe(true)
  })

  test('an answer of another interface, and a broken file, are refused with the reason', async () => {
    expect((await read({ code: '605', message: 'blocked' })).dead).toEqual([
      '1: creationTime or commentDate is missing: this is not a record of JD product comments',
    ])
    expect((await read('fetchJSON_comment98({"comments":[{"id":1')).dead).toEqual([
      '1:  is not closed: the file ends within it',
    ])
  })

  test.skipIf(!real)('of a real file all come in, with what followed them', async () => {
    const { voices, products, dead, skipped, notes } = await readFile(jdComments, real!)
    expect([dead, skipped]).toEqual([[], []])
    expect(notes.filter((note) => note.startsWith('fields not used'))).toEqual([])
    expect(products.length).toBe(50)
    const count = (kind: string, speaker: string) =>
      voices.filter((voice) => voice.kind === kind && voice.speaker === speaker).length
    expect([count('review', 'customer'), count('follow_up_review', 'customer'), count('review', 'agent')]).toEqual([
      50, 4, 14,
    ])
    expect(voices.length).toBe(68)
    expect(voices[1]).toMatchObject({
      id: '21634498782',
      rating: 3,
      text: '烧水声音很大 不是很好\n功能菜单：没问题\n操作方式：好',
      at: Date.parse('2024-10-25T13:02:35+08:00'),
      merchantId: '1000002467',
      conversation: '21634498782',
      facts: { colour: '⭐2L【家庭款】\n316L不锈钢', days_after_purchase: 36, location: '安徽' },
    })
    expect(voices[2]).toMatchObject({ id: 'reply-1450773842', speaker: 'agent', conversation: '21634498782' })
  })
})
