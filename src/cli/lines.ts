import { buffer } from 'node:stream/consumers'
import { ok, type Result } from '../core/result.ts'
import { openInput } from './input.ts'
import { decodeText, sheetLines } from './sheet.ts'

/** A file's JSON lines without the ends of line (a last empty one is none); a sheet (.csv, .tsv) is turned into such lines. */
export async function readLines(file: string): Promise<Result<{ name: string; lines: string[] }>> {
  const input = await openInput(file)
  if (!input.ok) return input
  const content = decodeText(await buffer(input.value.stream))
  if (!content.ok) return content
  const { name } = input.value
  if (/\.(csv|tsv)$/i.test(name)) {
    const lines = sheetLines(content.value)
    return lines.ok ? ok({ name, lines: lines.value }) : lines
  }
  const lines = content.value.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return ok({ name, lines })
}
