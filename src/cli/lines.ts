import { text } from 'node:stream/consumers'
import { ok, type Result } from '../core/result.ts'
import { openInput } from './input.ts'

/** A file's lines without the ends of line; a last empty one is none. */
export async function readLines(file: string): Promise<Result<{ name: string; lines: string[] }>> {
  const input = await openInput(file)
  if (!input.ok) return input
  const content = await text(input.value.stream)
  const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return ok({ name: input.value.name, lines })
}
