import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { searchTerms } from './source.ts'

describe('search terms', () => {
  test('a row with a count is one voice that says how often', async () => {
    const { voices, skipped, dead } = await readFile(
      searchTerms,
      'term,time,count,results,customer\n净水器,2024-01-02,1.2万,0,\n,2024-01-02,3,1,\n',
    )
    expect(dead).toEqual([])
    expect(voices).toEqual([
      {
        kind: 'search_term',
        speaker: 'customer',
        text: '净水器',
        at: Date.parse('2024-01-02T00:00:00+08:00'),
        facts: { searches: 12_000, results: 0 },
      },
    ])
    expect(skipped).toEqual(['3: a search without a term'])
  })

  test('from JSON lines, with the customer; a table without terms is refused', async () => {
    const { voices } = await readFile(
      searchTerms,
      '{"query":"kettle","ts":1700000000,"userId":"u-9","hits":7}\n{"query":"kettle","ts":1700000000,"userId":"u-9","hits":7}\n',
    )
    expect(voices.map(({ text, customerRef, at }) => [text, customerRef, at])).toEqual([
      ['kettle', 'u-9', 1_700_000_000_000],
      ['kettle', 'u-9', 1_700_000_000_000],
    ])
    const { problem } = await readFile(searchTerms, '评价,时间\n好,2024-01-02\n')
    expect(problem).toMatchObject({ code: 'columns_unknown' })
  })
})
