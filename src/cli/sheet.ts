import { ProblemError } from '../core/result.ts'
import { openTable, type TableRow } from '../listen/decode/table.ts'
import type { Bytes } from '../listen/decode/text.ts'

/** A table of texts. Its rows are JSON lines in which columns known by another name bear the name of the field. */
export interface Sheet {
  /** The columns as the file names them. */
  columns: string[]
  rows: SheetRow[]
  /** The column that holds a field. */
  columnOf(field: string): string | undefined
}

interface SheetRow {
  /** Where it begins in the file, from 1. */
  line: number
  cells: string[]
  json: string
}

/** Fields, and what the columns are called that hold them, in lower case; of several that are there the first is taken. */
export type Fields = Record<string, readonly string[]>

const text = [
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
]
const label = ['label', '标签', '类别', '分类', '情感', '标注', 'class', 'category', 'intent', '意图', 'sentiment']

/** What a task of the lab reads of a sheet. */
export function fieldsOf(task: string): Fields {
  if (task === 'labels') return { text, labels: ['labels', ...label] }
  return {
    text,
    text_a: ['text_a', 'sentence1', '句子1', '问题1', 'question1'],
    text_b: ['text_b', 'sentence2', '句子2', '问题2', 'question2'],
    label,
  }
}

/** What the reader reads of a sheet. */
export const readFields: Fields = {
  text,
  category: ['category', '类目', '品类', '商品类目', '商品分类', '分类', '类别'],
}

export const isSheet = (name: string): boolean => /\.(csv|tsv|xlsx|xlsm|parquet)(\.gz)?$/i.test(name)

/**
 * A table with the names of its columns in the first row: CSV, an Excel workbook or Parquet, in any encoding that `import` reads. Empty
 * cells say nothing. Throws a ProblemError where it cannot be read or has no column of texts.
 */
export async function readSheet(bytes: Bytes, fields: Fields): Promise<Sheet> {
  const table: TableRow[] = []
  for await (const row of openTable(bytes).rows) table.push(row)
  const [header, ...rows] = table
  const columns = (header?.cells ?? []).map((name) => name.replace(/^\uFEFF/, '').trim())
  const found = columnsOf(columns, fields)
  if (!found.has('text') && !(found.has('text_a') && found.has('text_b')))
    throw new ProblemError({
      code: 'sheet',
      message: `The sheet has no column of texts; its columns are ${columns.join(', ') || 'none'}.`,
      remedy: `Name the column "text" (or 内容)${'category' in fields ? '' : ', and the one with the labels "label" (or 标签)'}.`,
    })
  const names = columns.slice()
  for (const [field, at] of found) names[at] = field
  return {
    columns,
    rows: rows.map(({ line, cells }) => ({ line, cells, json: JSON.stringify(record(names, cells)) })),
    columnOf: (field) => columns[found.get(field) ?? -1],
  }
}

/** Field to the place of its column. */
function columnsOf(columns: string[], fields: Fields): Map<string, number> {
  const plain = columns.map((name) => name.toLowerCase())
  return new Map(
    Object.entries(fields).flatMap(([field, aliases]) => {
      const at = aliases.map((alias) => plain.indexOf(alias)).find((place) => place >= 0)
      return at === undefined ? [] : [[field, at] as const]
    }),
  )
}

function record(names: string[], cells: string[]): Record<string, unknown> {
  const filled = names.flatMap((name, at) => {
    const cell = cells[at] ?? ''
    return name === 'text' || cell.trim() !== '' ? [[name, name === 'labels' ? labelsIn(cell) : cell] as const] : []
  })
  return Object.fromEntries(filled)
}

/** Labels in a cell, with marks between them; 价格:负面 is a label with its sentiment. */
const labelsIn = (cell: string): (string | { subject: string; sentiment: string })[] =>
  cell
    .split(/[,;|，；、\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const [subject, sentiment] = one.split(/[:：]/).map((part) => part.trim())
      return sentiment ? { subject: subject!, sentiment } : subject!
    })
