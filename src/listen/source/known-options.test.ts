import { describe, expect, test } from 'vitest'
import { ordersTable } from '../sources/orders-table/source.ts'
import { yelp } from '../sources/yelp/source.ts'
import { readFile } from './read-file.ts'

const review = '{"review_id":"r","user_id":"u","business_id":"b","stars":4,"text":"Warm.","date":"2026-03-01 08:00:00"}'
const orders = '订单编号,订单创建时间,总金额\n9,2026-03-01 08:00:00,1.00\n'

describe('what a person says of a file', () => {
  test('a field that no record has is refused before the first row', async () => {
    const { items, problem } = await readFile(yelp, review, { set: { foo: 'bar' } })
    expect([items, problem]).toMatchObject([[], { code: 'field_unknown', message: expect.stringContaining('foo') }])
    expect((await readFile(yelp, review, { set: { category: '餐厅' } })).voices[0]).toMatchObject({ category: '餐厅' })
  })

  test('a column that is not there, and a name that nobody looks for, are refused', async () => {
    const column = await readFile(ordersTable, orders, { map: { 总金额: '金额' } })
    expect(column.problem).toMatchObject({ code: 'column_missing', where: 'map' })
    const name = await readFile(ordersTable, orders, { map: { zzz: '总金额' } })
    expect(name.problem).toMatchObject({ code: 'field_unknown', message: expect.stringContaining('zzz') })
  })

  test('a number that is none is told as it was written', async () => {
    const { dead } = await readFile(yelp, review, { set: { rating: 'viele' } })
    expect(dead).toEqual([expect.stringContaining('viele')])
  })
})
