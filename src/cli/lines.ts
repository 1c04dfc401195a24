import type { Result } from '../core/result.ts'
import { decodeText } from '../listen/decode/text.ts'
import { caught } from '../listen/source/source.ts'
import { openInput } from './input.ts'
import { type Fields, isSheet, readSheet, type Sheet } from './sheet.ts'

/** The JSON lines of a file. */
export interface Lines {
  name: string
  lines: string[]
  /** Where each line begins in the file, from 1. */
  places: number[]
  /** The table that the lines are rows of, where the file is one. */
  sheet?: Sheet
}

/** A file's JSON lines without the ends of line (a last empty one is none); a sheet's rows are such lines too. */
export async function readLines(file: string, fields: Fields): Promise<Result<Lines>> {
  const input = await openInput(file)
  if (!input.ok) return input
  const { name, stream } = input.value
  return caught(async () => {
    if (isSheet(name)) {
      const sheet = await readSheet(stream, fields)
      return { name, lines: sheet.rows.map(({ json }) => json), places: sheet.rows.map(({ line }) => line), sheet }
    }
    let content = ''
    for await (const chunk of decodeText(stream).chunks) content += chunk
    const lines = content.split(/\r?\n/)
    if (lines.at(-1) === '') lines.pop()
    return { name, lines, places: lines.map((_, i) => i + 1) }
  })
}
