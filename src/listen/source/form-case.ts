import { expect } from 'vitest'
import { guess } from '../guess.ts'
import { readFile } from './read-file.ts'
import type { Source, SourceOptions } from './source.ts'

/** A file in another form that a system is known to export, and what must come of it. */
export interface FormCase {
  source: Source
  /** In what it differs from the usual form. */
  what: string
  /** A text, bytes, or a value to be written as JSON. */
  file: unknown
  options?: Partial<SourceOptions>
  /** Each record of a kind in its order, as far as it matters; a kind that is not named is not looked at. */
  voices?: object[]
  events?: object[]
  orders?: object[]
  dead?: unknown[]
  skipped?: unknown[]
  /** False where the file alone does not tell whose it is. */
  guessed?: false
}

/** Reads the file, compares each kind of record with what is expected, and lets the system be guessed. */
export async function holds({ source, file, options, guessed, what: _, ...wanted }: FormCase): Promise<void> {
  const bytes = Buffer.isBuffer(file) ? file : Buffer.from(typeof file === 'string' ? file : JSON.stringify(file))
  const read = await readFile(source, bytes, options)
  expect(read.problem).toBeUndefined()
  for (const [kind, records] of Object.entries({ dead: [], ...wanted }))
    expect(read[kind as 'voices'], kind).toEqual((records as object[]).map((one) => alike(one)))
  if (guessed === false) return
  const all = { zone: 'Asia/Shanghai', map: {}, set: {}, ignore: [], ...options }
  const found = await guess({ bytes, whole: true }, all)
  expect(found.ok ? found.value[0]?.source.id : found.problem.code).toBe(source.id)
}

/** As far as it matters, within facts and props as well. */
const alike = (one: unknown): unknown => {
  if (typeof one !== 'object' || one === null || 'asymmetricMatch' in one) return one
  const inner = Object.entries(one).map(([field, value]) => [
    field,
    /^(?:facts|props)$/.test(field) ? alike(value) : value,
  ])
  return expect.objectContaining(Object.fromEntries(inner))
}
