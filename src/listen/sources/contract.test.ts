import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { identify, Ordinals } from '../identify.ts'
import { parse } from '../parse.ts'
import { partsOf } from '../source/paths.ts'
import { readFile } from '../source/read-file.ts'
import type { Source, SourceItem } from '../source/source.ts'
import { sources } from './list.ts'

/** The invented file of a source's system, which lies in its folder. */
function fixtureOf({ id }: Source): { name: string; bytes: Buffer } | undefined {
  const folder = new URL(`./${id}/`, import.meta.url)
  if (!existsSync(folder)) return undefined
  const name = readdirSync(folder).find((file) => file.startsWith('fixture.') && !file.endsWith('.ts'))
  return name === undefined ? undefined : { name, bytes: readFileSync(new URL(name, folder)) }
}

const recordsOf = (items: readonly SourceItem[]) => items.filter((item) => 'record' in item)

/** Values at a record path such as `voice.facts.useful` or `order.lines[].amountMinor`. */
function found(items: readonly SourceItem[], to: string): unknown[] {
  const [kind, ...path] = partsOf(to)
  let values: unknown[] = recordsOf(items).flatMap((item) => (item.kind === `${kind}s` ? [item.record] : []))
  for (const part of path)
    values = values.flatMap((value) => {
      if (part === '[]') return Array.isArray(value) ? value : []
      if (part === '*') return Object.values(value as object)
      const inner = (value as Record<string, unknown> | undefined)?.[part]
      return inner === undefined ? [] : [inner]
    })
  return values
}

describe.each(sources.filter((source) => source.mapping).map((source) => [source.id, source] as const))(
  'the source %s',
  (id, source) => {
    const fixture = fixtureOf(source)

    test('has an invented file of its system', () => {
      expect(fixture, `src/listen/sources/${id}/fixture.*`).toBeDefined()
    })

    test('takes every record of its file, and names every field that it leaves out', async () => {
      const { items, dead, notes, problem } = await readFile(source, fixture!.bytes)
      expect(problem).toBeUndefined()
      expect(recordsOf(items).length).toBeGreaterThan(0)
      expect(dead).toEqual([])
      expect(notes.filter((note) => /not used/.test(note))).toEqual([])
    })

    test('fills every field that its mapping promises', async () => {
      const { items } = await readFile(source, fixture!.bytes)
      const empty = source.mapping!.filter(({ to }) => found(items, to).length === 0)
      expect(empty).toEqual([])
    })

    test('gives the same identities every time, however the bytes are cut and whenever it is read', async () => {
      const ids = async (pieces: number) => {
        const ordinals = new Ordinals()
        const { items } = await readFile(source, fixture!.bytes, {}, pieces)
        return recordsOf(items).map(({ kind, record }) => {
          const parsed = parse(kind, structuredClone(record))
          return parsed.ok ? identify(parsed.record, id, ordinals).id : parsed.reason
        })
      }
      const whole = await ids(1)
      expect(await ids(fixture!.bytes.length)).toEqual(whole)
      expect(await ids(7)).toEqual(whole)
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 9 * 86_400_000 })
      expect(await ids(1)).toEqual(whole)
      vi.useRealTimers()
    })

    test('never breaks on a file that was cut, and makes nothing up', async () => {
      const { items } = await readFile(source, fixture!.bytes)
      const most = recordsOf(items).length
      const step = Math.max(1, Math.floor(fixture!.bytes.length / 60))
      for (let end = 0; end < fixture!.bytes.length; end += step) {
        const cut = await readFile(source, fixture!.bytes.subarray(0, end))
        expect(recordsOf(cut.items).length).toBeLessThanOrEqual(most)
      }
    })
  },
)

test('ids of sources are unique, and every folder is in the list', () => {
  const ids = sources.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  expect([...folders].sort()).toEqual([...ids].sort())
})
