import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { tmallFeedbacks } from './source.ts'

describe('Tmall feedbacks', () => {
  test('are a review and its follow-up, with tags by polarity; no rating is made up', async () => {
    const { voices, dead } = await readFile(
      tmallFeedbacks,
      '[{"content":"质量很好","comment_time":"2000-01-01 00:00:00","append_content":"裂了","append_time":"2000-02-01 00:00:00","has_negtv":"false","tags":[{"tag_name":"整体效果不错","posi":true},{"tag_name":"做工好","posi":"true"}],"user_nick":"张三"}]',
    )
    expect(dead).toEqual([])
    expect(voices).toEqual([
      expect.objectContaining({
        text: '质量很好',
        at: Date.parse('2000-01-01T00:00:00+08:00'),
        customerRef: '张三',
        facts: { tags_positive: '整体效果不错、做工好', has_negative: false },
      }),
      expect.objectContaining({ text: '裂了', kind: 'follow_up_review', at: Date.parse('2000-02-01T00:00:00+08:00') }),
    ])
    expect(voices.every((voice) => voice.rating === undefined)).toBe(true)
  })

  test('default praise is skipped, and a follow-up under it stays', async () => {
    const { voices, skipped } = await readFile(
      tmallFeedbacks,
      '{"oid":"7","content":"15天内买家未作出评价","comment_time":"2024-01-01 00:00:00","append_content":"补充：很好","append_time":"2024-02-01 00:00:00"}',
    )
    expect(voices).toMatchObject([{ id: 'feedback-7.follow-up', conversation: 'feedback-7', text: '补充：很好' }])
    expect(skipped).toEqual(['1: without words'])
  })
})
