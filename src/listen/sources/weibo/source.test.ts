import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { weibo } from './source.ts'

describe('Weibo', () => {
  test('reads its own time, stickers, ids beyond 2^53; a time that names no day is refused', async () => {
    const { voices, dead } = await readFile(
      weibo,
      'id,text,created_at,user_id,source\n48700000000000011,"<a href=x>@某店</a> 漏水<img alt=[怒] src=y>",Sat Mar 04 10:11:12 +0800 2023,7,来自上海\n2,好,5分钟前,8,\n',
    )
    expect(voices).toEqual([
      {
        id: '48700000000000011',
        kind: 'social_mention',
        speaker: 'customer',
        text: '@某店 漏水[怒]',
        at: Date.parse('2023-03-04T10:11:12+08:00'),
        zone: 'Asia/Shanghai',
        customerRef: '7',
        facts: { source: '来自上海' },
      },
    ])
    expect(dead).toHaveLength(1)
    expect(dead[0]).toContain('3: at is "5分钟前"')
  })

  test('of the comment interface, with the replies under a comment', async () => {
    const comment = (id: number, more = {}) => ({
      id,
      created_at: 'Sat Mar 04 10:11:12 +0800 2023',
      text: `第${id}`,
      user: { id: 70 + id, screen_name: '某人' },
      like_count: 1,
      ...more,
    })
    const { voices, dead, notes } = await readFile(
      weibo,
      JSON.stringify({
        ok: 1,
        data: {
          data: [
            comment(1, { comments: [comment(2, { rootid: 1 })], total_number: 1 }),
            comment(3, { comments: false }),
          ],
          total_number: 900,
        },
      }),
    )
    expect([dead, notes.filter((note) => note.startsWith('fields not used'))]).toEqual([[], []])
    expect(
      voices.map(({ id, text, customerRef, facts }) => [id, text, customerRef, (facts as { parent?: string }).parent]),
    ).toEqual([
      ['1', '第1', '71', undefined],
      ['2', '第2', '72', '1'],
      ['3', '第3', '73', undefined],
    ])
    expect(JSON.stringify(voices)).not.toContain('某人')
  })
})
