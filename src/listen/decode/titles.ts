import type { TableRow } from './row.ts'

/** Rows among which the header is looked for. */
const LOOKED_AT = 10
const LONGEST_NAME = 40
/** Words and marks of a title, a period or a time of export; a column's own name has none of them. */
const TITLE = /导出|报表|明细|列表|一览|数据|店铺[:：]|时间[:：]|日期[:：]|\d{4}|export|report|generated|period/i

/**
 * The rows of a table from its header on. Shops' systems write above it what the table is and when it was made (店铺评价明细表, 导出时间：…): a few
 * rows of one or two cells, before a row of three names or more with another row under it. Where that is not plain to see, every row is
 * kept; what is left out is said.
 */
export async function* belowTitles(
  rows: AsyncIterable<TableRow>,
  say: (note: string) => void,
): AsyncGenerator<TableRow> {
  const held: TableRow[] = []
  let isDecided = false
  function* decided(): Generator<TableRow> {
    isDecided = true
    const titles = titlesAbove(held)
    if (titles > 0) say(`above the table, not used: ${held.slice(0, titles).map(textOf).join(' / ')}`)
    yield* held.slice(titles)
  }
  for await (const row of rows) {
    if (isDecided) {
      yield row
      continue
    }
    held.push(row)
    const isOpen = isTitle(held[0]!) && held.length < LOOKED_AT && !(held.length > 1 && isHeader(held.at(-2)!))
    if (!isOpen) yield* decided()
  }
  if (!isDecided) yield* decided()
}

/** How many rows of those held stand above the header. */
function titlesAbove(held: readonly TableRow[]): number {
  const header = held.findIndex(isHeader)
  const under = held[header + 1]
  if (header < 1 || !isTitle(held[0]!) || !under || filled(under).length < 2) return 0
  return held.slice(0, header).every((row) => filled(row).length <= 2) ? header : 0
}

const filled = ({ cells }: TableRow): string[] => cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
const textOf = (row: TableRow): string => filled(row).join(' ').slice(0, 100)

const isTitle = (row: TableRow): boolean => filled(row).length <= 2 && TITLE.test(textOf(row))

/** Three names or more side by side, no two alike, none a number or a sentence. */
function isHeader(row: TableRow): boolean {
  const names = filled(row)
  const last = row.cells.findLastIndex((cell) => cell.trim() !== '')
  const isName = (cell: string) => cell.length <= LONGEST_NAME && !/^[\d.,:/\s-]+$/.test(cell)
  return names.length >= 3 && names.length === last + 1 && new Set(names).size === names.length && names.every(isName)
}
