import { parse } from 'csv-parse/sync'
import { fail, ok, type Result } from '../core/result.ts'

/** What the columns of labelled sheets are called, in lower case; the first that is there is taken. */
const columns = {
  text: [
    'text',
    '文本',
    '内容',
    '评价内容',
    '评论内容',
    '评价',
    '评论',
    'content',
    'review',
    'comment',
    'body',
    '正文',
    '问题',
  ],
  text_a: ['text_a', 'sentence1', '句子1', '问题1', 'question1'],
  text_b: ['text_b', 'sentence2', '句子2', '问题2', 'question2'],
  label: ['label', '标签', '类别', '分类', '情感', '标注', 'class', 'category', 'intent', '意图', 'sentiment'],
} as const

const UTF16_LE = [0xff, 0xfe]
const UTF16_BE = [0xfe, 0xff]
const ZIP = [0x50, 0x4b]

/** Text of a file as UTF-8 or UTF-16 with its mark, else as GB18030, which older Chinese spreadsheets save. */
export function decodeText(bytes: Uint8Array): Result<string> {
  const begins = (mark: number[]) => mark.every((byte, i) => bytes[i] === byte)
  if (begins(ZIP))
    return fail({
      code: 'format',
      message: 'The file is an Excel workbook or a ZIP archive, not text.',
      remedy: 'Save the sheet as CSV.',
    })
  const encodings = begins(UTF16_LE) ? ['utf-16le'] : begins(UTF16_BE) ? ['utf-16be'] : ['utf-8', 'gb18030']
  for (const encoding of encodings) {
    try {
      return ok(new TextDecoder(encoding, { fatal: true }).decode(bytes))
    } catch {}
  }
  return fail({
    code: 'encoding',
    message: `The file is not text in ${encodings.join(' or ')}.`,
    remedy: 'Save it as UTF-8.',
  })
}

/**
 * A labelled sheet (comma, semicolon or tab between the cells, column names in the first row) as JSON lines, one for each row. Columns
 * known by another name are renamed to what the lab's tasks read; the others are kept as they are.
 */
export function sheetLines(content: string): Result<string[]> {
  const head = content.slice(0, content.search(/[\r\n]|$/))
  const delimiter = ['\t', ';', ','].reduce((best, one) => (count(head, one) > count(head, best) ? one : best), ',')
  let rows: Record<string, string>[]
  try {
    rows = parse(content, { columns: true, bom: true, delimiter, skip_empty_lines: true, relax_column_count: true })
  } catch (error) {
    return fail({ code: 'sheet', message: `The sheet cannot be read: ${(error as Error).message}.` })
  }
  const names = Object.keys(rows[0] ?? {})
  const known = renamed(names)
  if (!known.has('text') && !(known.has('text_a') && known.has('text_b')))
    return fail({
      code: 'sheet',
      message: `The sheet has no column of texts; its columns are ${names.join(', ') || 'none'}.`,
      remedy: 'Name the column "text" (or 内容), and the one with the labels "label" (or 标签).',
    })
  const from = new Map([...known].map(([field, name]) => [name, field]))
  return ok(
    rows.map((row) => JSON.stringify(Object.fromEntries(names.map((name) => [from.get(name) ?? name, row[name]])))),
  )
}

const count = (text: string, sign: string): number => text.split(sign).length - 1

/** Field to the column that holds it. */
function renamed(names: string[]): Map<string, string> {
  const plain = new Map(names.map((name) => [name.trim().toLowerCase(), name]))
  return new Map(
    Object.entries(columns).flatMap(([field, aliases]) => {
      const alias = aliases.find((one) => plain.has(one))
      return alias ? [[field, plain.get(alias)!] as const] : []
    }),
  )
}
