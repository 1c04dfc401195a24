import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { fail, ok, type Result } from '../core/result.ts'

export interface Input {
  name: string
  stream: Readable
  /** Bytes, where known. */
  size?: number
}

/** A file named on the command line, or standard input for `-`. */
export async function openInput(file: string): Promise<Result<Input>> {
  if (file === '-') return ok({ name: 'standard input', stream: process.stdin })
  const full = path.resolve(file)
  const found = await stat(full).catch(() => null)
  if (!found) return fail({ code: 'file', message: `there is no file ${full}`, remedy: 'check the path' })
  if (found.isDirectory()) return fail({ code: 'file', message: `${full} is a folder`, remedy: 'name the files in it' })
  return ok({
    name: path.basename(file),
    stream: createReadStream(full),
    size: found.isFile() ? found.size : undefined,
  })
}
