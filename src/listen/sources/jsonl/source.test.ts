import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { LONGEST_LINE } from '../../decode/lines.ts'
import type { SourceItem } from '../../source/source.ts'
import { jsonl } from './source.ts'

async function read(file: string, size = 7): Promise<SourceItem[]> {
  const bytes = Buffer.from(file)
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  )
  const opened = await jsonl.open(Readable.from(chunks), { zone: 'UTC', map: {}, set: {}, ignore: [] })
  if (!opened.ok) throw new Error(opened.problem.message)
  const items: SourceItem[] = []
  for await (const row of opened.value.rows) items.push(...row)
  return items
}

test('each line is sent where its type says, without its type', async () => {
  const items = await read(
    '\ufeff{"type":"voice","text":"好"}\r\n\n{"type":"event","name":"pay"}\n{"type":"order","id":1}\n{"type":"product","id":"p"}',
  )
  expect(items).toEqual([
    { line: 1, kind: 'voices', record: { text: '好' } },
    { line: 3, kind: 'events', record: { name: 'pay' } },
    { line: 4, kind: 'orders', record: { id: 1 } },
    { line: 5, kind: 'products', record: { id: 'p' } },
  ])
})

test('a line that is not JSON, no object, or of no known type is dead with its line; the rest goes on', async () => {
  const items = await read(
    '{"type":"voice"\n[1]\n{"type":"constructor"}\n{"text":"好"}\n{"type":"voice","text":"好"}\n',
  )
  expect(items.map((item) => [item.line, 'dead' in item ? item.dead.field : 'kept'])).toEqual([
    [1, ''],
    [2, ''],
    [3, 'type'],
    [4, 'type'],
    [5, 'kept'],
  ])
})

test('an endless line is dead and costs no memory', async () => {
  const items = await read(
    `{"type":"voice","text":"${'x'.repeat(3 * LONGEST_LINE)}"}\n{"type":"voice","text":"好"}\n`,
    65_536,
  )
  expect(items).toMatchObject([
    { line: 1, dead: { reason: expect.stringContaining('longer') } },
    { line: 2, kind: 'voices' },
  ])
})

test('a deep line is refused like any other', async () => {
  const items = await read(`{"type":"voice","text":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`, 65_536)
  expect(items).toHaveLength(1)
})
