import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../decode/json.ts'
import { partsOf } from '../source/paths.ts'
import { readFile } from '../source/read-file.ts'
import type { Source } from '../source/source.ts'
import { sources } from './list.ts'

const ids =
  'jd-comments taobao-traderates taobao-itemrates tmall-feedbacks amazon-reviews amazon-reviews-tsv judgeme trustpilot app-store google-play amazon-qa steam yelp canny fider xiaohongshu weibo search-terms'
const family = sources.filter(({ id }) => ids.split(' ').includes(id))

/** Values that real files hold, and those that they should not. */
const value = fc.oneof(
  fc.constantFrom<Json>(
    null,
    '',
    '5',
    'True',
    '好',
    '2024-01-02 03:04:05',
    '2024-01-02T03:04:05Z',
    1_700_000_000,
    '1,234',
    '<p>a</p>',
    -1,
    1e30,
    [],
    {},
    true,
  ),
  fc.string({ maxLength: 12 }),
  fc.double({ noNaN: true }),
)

/** Sets a value at a path such as `a.b[].c`. */
function put(object: Record<string, Json>, path: readonly string[], given: Json): void {
  const [key, ...rest] = path
  if (key === undefined || key === '[]') return
  if (rest[0] === '[]') {
    const inner = {}
    put(inner, rest.slice(1), given)
    object[key] = rest.length > 1 ? [inner, given] : [given]
  } else if (rest.length === 0 || rest[0] === '**') object[key] = given
  else {
    const before = object[key]
    const inner = typeof before === 'object' && before !== null && !Array.isArray(before) ? before : {}
    put(inner, rest, given)
    object[key] = inner
  }
}

const pathsOf = ({ mapping = [], leftOut = [] }: Source) => [...mapping, ...leftOut].map(({ from }) => from)

/** Every record that a source makes is taken, or refused with its field and a reason. */
async function holds(source: Source, file: string) {
  const { items, voices, events, orders, products, dead, skipped } = await readFile(source, file)
  expect(voices.length + events.length + orders.length + products.length + dead.length + skipped.length).toBe(
    items.length,
  )
  for (const one of dead) expect(one).toMatch(/^\d+: .+/)
}

describe.each(family.map((source) => [source.id, source] as const))('%s', (_, source) => {
  const objects = fc.array(fc.dictionary(fc.constantFrom(...pathsOf(source)), value, { maxKeys: 30 }), { maxLength: 4 })

  test('any values under its fields end in records or in reasons', async () => {
    await fc.assert(
      fc.asyncProperty(objects, async (given) => {
        const filled = given.map((fields) => {
          const object: Record<string, Json> = {}
          // Each place has a value of its own: one that is shared would come to hold itself.
          for (const [path, one] of Object.entries(fields)) put(object, partsOf(path), structuredClone(one))
          return object
        })
        await holds(source, filled.map((one) => JSON.stringify(one)).join('\n'))
      }),
      { numRuns: 60 },
    )
  })

  test('any cells under its columns end in records or in reasons', async () => {
    const names = [...new Set(pathsOf(source))]
    const quoted = (cell: unknown) => `"${String(cell).replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(value, { minLength: names.length, maxLength: names.length }), { maxLength: 4 }),
        async (rows) => {
          await holds(source, [names, ...rows].map((cells) => cells.map(quoted).join(',')).join('\n'))
        },
      ),
      { numRuns: 20 },
    )
  })
})
