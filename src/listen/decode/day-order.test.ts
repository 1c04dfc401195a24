import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DayOrder, dayOrders, reordered } from './day-order.ts'
import { openTable } from './table.ts'

async function read(text: string, dates?: DayOrder) {
  async function* pieces() {
    yield Buffer.from(text)
  }
  const table = openTable(pieces(), { dates })
  const rows: string[][] = []
  for await (const { cells } of table.rows) rows.push(cells)
  return { rows: rows.slice(1), notes: table.notes() }
}

const two = (n: number) => String(n).padStart(2, '0')
const date = fc.record({
  year: fc.integer({ min: 2000, max: 2099 }),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
})
type Day = { year: number; month: number; day: number }

describe('dates whose year stands last', () => {
  test('are read as they were written where one of their column proves the order, and left alone where none does', async () => {
    const forms = {
      dmy: ({ year, month, day }: Day, mark: string) => [two(day), two(month), year].join(mark),
      mdy: ({ year, month, day }: Day, mark: string) => [month, day, year].join(mark),
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(date, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('dmy', 'mdy'),
        fc.constantFrom('/', '.', '-'),
        async (days, order, mark) => {
          const written = days.map((day) => forms[order as 'dmy'](day, mark))
          const { rows, notes } = await read(`Text,Date\n${written.map((one, n) => `t${n},${one}\n`).join('')}`)
          const proven = days.some(({ day }) => day > 12)
          const wanted = days.map(({ year, month, day }) => [year, month, day])
          if (proven) expect(rows.map((row) => row[1]!.split('-').map(Number))).toEqual(wanted)
          else expect(rows.map((row) => row[1])).toEqual(written)
          expect(notes).toEqual([expect.stringContaining(proven ? 'own days prove' : 'nothing shows')])
        },
      ),
      { numRuns: 60 },
    )
  })

  test('keep their clock; each column has an order of its own; dashes are no dates, and rows may be short', async () => {
    const { rows, notes } = await read(
      'Written,Sent,Text\n3/14/2026 8:05 PM,14.3.2026,a\n3/2/2026,-,b\n3/2/2026\n15/2/2026,2.3.2026,c\n',
    )
    expect(rows).toEqual([
      ['3/14/2026 8:05 PM', '2026-3-14', 'a'],
      ['3/2/2026', '-', 'b'],
      ['3/2/2026', ''],
      ['15/2/2026', '2026-3-2', 'c'],
    ])
    expect(notes).toEqual([
      'dates of Written, such as 3/14/2026 8:05 PM: nothing shows what stands first, so they are not read: say --dates dmy, mdy or ymd',
      'dates of Sent, such as 14.3.2026: the day stands first, as the file’s own days prove',
    ])
    const clock = await read('Date,Text\n3/14/2026 8:05 PM,a\n')
    expect(clock.rows[0]![0]).toBe('2026-3-14 8:05 PM')
  })

  test('are not looked for in columns that hold other things too', async () => {
    const { rows } = await read('Text\n14/3/2026\nIt came on 15/3/2026\n')
    expect(rows.flat()).toEqual(['14/3/2026', 'It came on 15/3/2026'])
  })

  test('beyond the rows that are looked at follow the same order', async () => {
    const many = `${'13/2/2026,x\n'.repeat(2_500)}4/3/2026,y\n1/13/2026,z\n`
    const { rows } = await read(`Date,Text\n${many}`)
    expect(rows.slice(-2).map(([at]) => at)).toEqual(['2026-3-4', '1/13/2026'])
  })

  test('are read in the order that a person says, unless their own days prove another; what cannot be of it stays', async () => {
    const file =
      'Date,Sent,Text\n3/2/2026,3/2/2026,a5\n4/2/2026,3/14/2026,b6\nyesterday,3/2/2026,3/2/2026\n5/2/2026,3/2/2026,c7\nx,,d8\n'
    expect((await read(file, 'dmy')).rows).toEqual([
      ['2026-2-3', '2026-3-2', 'a5'],
      ['2026-2-4', '2026-3-14', 'b6'],
      ['yesterday', '2026-3-2', '3/2/2026'],
      ['2026-2-5', '2026-3-2', 'c7'],
      ['x', '', 'd8'],
    ])
    const mixed = await read('Date\n3/14/2026\n14/3/2026\n', 'mdy')
    expect(mixed.rows.flat()).toEqual(['2026-3-14', '14/3/2026'])
    expect(mixed.notes).toEqual(['dates of Date, such as 3/14/2026: the month stands first, as was said'])
  })

  test('with years of two digits are read where the days prove the order, or a person says it', async () => {
    const days = Array.from({ length: 12 }, (_, n) => n + 14)
    const dayFirst = await read(`下单日期\n${days.map((day) => `${day}/12/23\n`).join('')}`)
    expect(dayFirst.rows.flat()).toEqual(days.map((day) => `2023-12-${day}`))
    const yearFirst = await read(`日期\n${days.map((day) => `24/12/${day} 上午8:05\n`).join('')}`)
    expect(yearFirst.rows.flat()).toEqual(days.map((day) => `2024-12-${day} 上午8:05`))
    expect((await read('Date\n12/31/23\n"1/2/24, 9:41 PM"\n')).rows.flat()).toEqual(['2023-12-31', '2024-1-2 9:41 PM'])
    expect((await read('Date\n24/12/23\n')).rows.flat()).toEqual(['24/12/23'])
    expect((await read('Date\n24/12/23\n', 'dmy')).rows.flat()).toEqual(['2023-12-24'])
    expect((await read('Date\n24/12/23\n', 'ymd')).rows.flat()).toEqual(['2024-12-23'])
    expect((await read('Date\n1/2/99\n', 'dmy')).rows.flat()).toEqual(['1999-2-1'])
  })

  test('are no versions, sizes or phone numbers', async () => {
    const file = 'App version,Phone,Date\n5.13.10,555-12-34,2026-03-01\n5.13.11,555-12-35,2026-03-01\n'
    for (const order of [undefined, ...dayOrders]) {
      const { rows, notes } = await read(file, order)
      expect(rows).toEqual([
        ['5.13.10', '555-12-34', '2026-03-01'],
        ['5.13.11', '555-12-35', '2026-03-01'],
      ])
      expect(notes).toEqual([])
    }
  })

  test('say the same day in each order, and any other text stays as it is', () => {
    fc.assert(
      fc.property(date, fc.constantFrom(...dayOrders), ({ year, month, day }, order) => {
        const parts = { d: two(day), m: two(month), y: two(year % 100) }
        const written = [...order].map((part) => parts[part as 'd']).join('/')
        expect(reordered(written, order)).toBe(`${year < 2070 ? year : year - 100}-${month}-${day}`)
      }),
    )
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...dayOrders), (text, order) => {
        if (!/\d/.test(text)) expect(reordered(text, order)).toBe(text)
      }),
    )
  })
})
