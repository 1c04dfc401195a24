import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { amazonReturns } from './source.ts'

const csv = (...rows: string[]) =>
  ['"return-date","order-id","sku","asin","reason","license-plate-number","customer-comments"', ...rows].join('\r\n')

describe('FBA customer returns', () => {
  test('are units that came back; a code alone is no voice', async () => {
    const { events, voices } = await readFile(
      amazonReturns,
      csv(
        '"2026-03-05T10:20:30-08:00","111-1","S1","B0A","DEFECTIVE","LPN1",""',
        '"2026-03-06T10:20:30-08:00","111-1","S1","B0A","QUALITY_UNACCEPTABLE","LPN2","Smells, badly"',
      ),
    )
    expect(events.map(({ id, name, at, orderId, props }) => [id, name, at, orderId, props])).toEqual([
      [
        'amazon-return-LPN1',
        'return_received',
        Date.parse('2026-03-05T18:20:30Z'),
        '111-1',
        { reason_code: 'defective', sku: 'S1' },
      ],
      [
        'amazon-return-LPN2',
        'return_received',
        Date.parse('2026-03-06T18:20:30Z'),
        '111-1',
        { reason_code: 'quality_unacceptable', sku: 'S1' },
      ],
    ])
    expect(voices).toMatchObject([{ kind: 'return_reason', text: 'Smells, badly', productId: 'B0A', orderId: '111-1' }])
  })

  test('another report of Amazon is refused', async () => {
    expect((await readFile(amazonReturns, 'order-id\tpurchase-date\n1\t2026-03-05\n')).problem).toMatchObject({
      code: 'columns_unknown',
    })
  })
})
