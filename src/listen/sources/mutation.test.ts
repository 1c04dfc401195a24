import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readFile } from '../source/read-file.ts'
import type { Source } from '../source/source.ts'
import { sources } from './list.ts'

/** The text of a source's invented file, where it is text. */
function fixtureOf({ id }: Source): { name: string; text: string } | undefined {
  const folder = new URL(`./${id}/`, import.meta.url)
  if (!existsSync(folder)) return undefined
  const name = readdirSync(folder).find((file) => /^fixture\.(?:json|jsonl|csv|tsv)$/.test(file))
  return name === undefined ? undefined : { name, text: readFileSync(new URL(name, folder), 'utf8') }
}

const junk = [
  'null',
  '""',
  '"x"',
  '0',
  '-1',
  '1e300',
  'true',
  '[]',
  '{}',
  '[{}]',
  '[null]',
  '"2026-02-30"',
  '"\\ud83d"',
  '"1.2.3"',
  '123456789012345678901',
]
const cells = [
  '',
  ' ',
  'x',
  '-1',
  '0',
  '1e9',
  '2026-02-30',
  '=1+1',
  '"',
  '\u0000',
  '好'.repeat(300),
  '99999999999999999999',
]

/** One value of a JSON text, or one cell of a table, replaced by something else. */
function mutated({ name, text }: { name: string; text: string }, places: readonly [number, number][]): string {
  const json = /json/.test(name)
  const pattern = json ? /(?<=:\s?)(?:"(?:[^"\\]|\\.)*"|-?\d[\d.]*|true|false|null)/g : /[^,\t\n"]+/g
  return places.reduce((before, [place, value]) => {
    const found = [...before.matchAll(pattern)]
    const one = found[place % Math.max(1, found.length)]
    if (!one) return before
    const other = json ? junk[value % junk.length]! : cells[value % cells.length]!
    return before.slice(0, one.index) + other + before.slice(one.index + one[0].length)
  }, text)
}

const withText = sources
  .filter((source) => source.mapping && fixtureOf(source))
  .map((source) => [source.id, source] as const)

describe.each(withText)('a file of %s in which values are wrong', (_, source) => {
  test('breaks nothing: each record is taken, or refused with its field', async () => {
    const fixture = fixtureOf(source)!
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(400), fc.nat(20)), { minLength: 1, maxLength: 4 }), async (places) => {
        const { items, voices, events, orders, products, dead, skipped } = await readFile(
          source,
          mutated(fixture, places),
        )
        const told = voices.length + events.length + orders.length + products.length + dead.length + skipped.length
        expect(told).toBe(items.length)
        for (const one of dead) expect(one).toMatch(/^\d+: /)
      }),
      { numRuns: 60 },
    )
  })
})
