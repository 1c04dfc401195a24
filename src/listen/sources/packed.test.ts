import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readFile } from '../source/read-file.ts'
import { sources } from './list.ts'

const files = sources.flatMap((source) => {
  const folder = new URL(`./${source.id}/`, import.meta.url)
  const name = readdirSync(folder).find((file) => file.startsWith('fixture.') && !file.endsWith('.ts'))
  return name === undefined ? [] : [[source.id, source, readFileSync(new URL(name, folder))] as const]
})

test.each(files)('a file for %s that is packed by gzip is read as if it were not', async (_, source, bytes) => {
  const plain = await readFile(source, bytes)
  const packed = await readFile(source, gzipSync(bytes), {}, 3)
  expect([packed.problem, packed.items]).toEqual([plain.problem, plain.items])
  expect(packed.items.length).toBeGreaterThan(0)
})
