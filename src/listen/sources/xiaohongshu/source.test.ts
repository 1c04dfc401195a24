import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { xiaohongshu } from './source.ts'

const real = sample('xiaohongshu/notes.csv')

describe('Xiaohongshu', () => {
  test('comments with Chinese headers stand in their note’s conversation, each for itself', async () => {
    const { voices, dead, notes } = await readFile(
      xiaohongshu,
      '笔记ID,用户昵称,用户ID,评论内容,评论时间,点赞数,IP属地\nn1,某薯,u1,好用,2023-05-07 10:00:00,1.2万,上海\nn1,某薯,u2,不好用,2023-05-07 11:00:00,3,浙江\n',
    )
    expect([dead, notes.filter((note) => note.startsWith('columns not used'))]).toEqual([[], []])
    expect(
      voices.map(({ id, conversation, text, customerRef, at }) => [id, conversation, text, customerRef, at]),
    ).toEqual([
      [undefined, 'n1', '好用', 'u1', Date.parse('2023-05-07T10:00:00+08:00')],
      [undefined, 'n1', '不好用', 'u2', Date.parse('2023-05-07T11:00:00+08:00')],
    ])
    expect(voices[0]!.facts).toEqual({ likes: 12_000, location: '上海' })
  })

  test('of a collector’s JSON: seconds or milliseconds, a comment under a comment', async () => {
    const { voices } = await readFile(
      xiaohongshu,
      '[{"comment_id":"c2","create_time":1683463764000,"ip_location":"上海","note_id":"n1","content":"同款","user_id":"u3","nickname":"某","avatar":"x","sub_comment_count":"0","parent_comment_id":"c1","last_modify_ts":1,"like_count":"2"}]',
    )
    expect(voices).toMatchObject([
      {
        id: 'c2',
        conversation: 'n1',
        kind: 'community_post',
        at: 1_683_463_764_000,
        facts: { parent: 'c1', likes: 2 },
      },
    ])
  })

  test.skipIf(!real)('of a real file of notes all come in, over many lines', async () => {
    const { voices, dead, skipped, notes } = await readFile(xiaohongshu, real!)
    expect([voices.length, dead, skipped]).toEqual([25, [], []])
    expect(notes.filter((note) => note.startsWith('columns not used'))).toEqual([])
    expect(voices[0]).toMatchObject({
      id: '6457735c000000000800ee6c',
      at: 1_683_452_764_000,
      customerRef: '55473cf630fd6ef9e6e38e35',
      conversation: '6457735c000000000800ee6c',
      facts: { likes: 39, collected: 33, comments: 2 },
    })
    expect(String(voices[1]!.text).startsWith('十大上海值得去的酒吧｜小众又高级\n放假和朋友')).toBe(true)
  })
})
