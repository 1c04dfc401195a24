import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openTable } from './table.ts'

async function read(text: string) {
  async function* pieces() {
    yield Buffer.from(text)
  }
  const table = openTable(pieces())
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
          expect(notes.length).toBe(proven ? 1 : 0)
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
    expect(notes).toEqual(['dates of Sent: the day stands first, as the file’s own days prove'])
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
})
