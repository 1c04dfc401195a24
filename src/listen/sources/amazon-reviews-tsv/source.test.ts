import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { amazonReviewsTsv } from './source.ts'

const real = sample('amazon_reviews/us_mobile_electronics.tsv')
const header =
  'marketplace\tcustomer_id\treview_id\tproduct_id\tproduct_parent\tproduct_title\tproduct_category\tstar_rating\thelpful_votes\ttotal_votes\tvine\tverified_purchase\treview_headline\treview_body\treview_date\n'

describe('Amazon’s older TSV', () => {
  test('a lone quote swallows no row, and HTML is resolved', async () => {
    const { voices, dead } = await readFile(
      amazonReviewsTsv,
      `${header}US\t1\tR1\tB1\t7\tLamp 12"\tLamps\t2\t1\t3\tN\tY\t"Dim\tIt&#34;s dim<br />really\t2015-08-31\nUS\t2\tR2\tB1\t7\tLamp 12"\tLamps\t5\t0\t0\tY\tN\tFive Stars\tok\t2015-08-30\n`,
    )
    expect(dead).toEqual([])
    expect(voices).toMatchObject([
      {
        id: 'R1',
        text: '"Dim\nIt"s dim\nreally',
        at: Date.parse('2015-08-31T00:00:00+08:00'),
        facts: { verified: true, vine: false },
      },
      { id: 'R2', text: 'ok', rating: 5, facts: { vine: true, default_headline: true } },
    ])
  })

  test('a table with other columns is refused with their names', async () => {
    const { problem } = await readFile(amazonReviewsTsv, 'review\tstars\nbad\t1\n')
    expect(problem).toMatchObject({ code: 'columns_unknown', message: expect.stringContaining('review, stars') })
  })

  test.skipIf(!real)('of a real file all come in', async () => {
    const { voices, dead, skipped, notes, products } = await readFile(amazonReviewsTsv, real!)
    expect([voices.length, products.length, dead, skipped]).toEqual([40, 40, [], []])
    expect(notes.filter((note) => note.startsWith('columns not used'))).toEqual([])
    expect(voices.filter(({ text }) => /<br|&#34;/.test(String(text)))).toEqual([])
    expect(voices[2]).toMatchObject({
      id: 'R2Y0MM9YE6OP3P',
      customerRef: '68127586',
      rating: 5,
      text: 'great cables\nThese work great and fit my life proof case for the iPhone 6',
      category: 'Mobile_Electronics',
    })
  })
})
