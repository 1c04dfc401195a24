import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const src = path.resolve(import.meta.dirname, '../../src')

/** What each room may import, besides itself. The walls of the house: docs/ARCHITECTURE.md. */
const allowed: Record<string, readonly string[]> = {
  core: [],
  store: ['core'],
  listen: ['core', 'store'],
  understand: ['core'],
  measure: ['core', 'store'],
  act: ['core', 'store'],
  prove: ['core'],
  demo: ['core'],
  app: ['core', 'store', 'listen', 'understand', 'measure', 'act', 'prove', 'demo'],
  http: ['core', 'app'],
  cli: ['core', 'app', 'http', 'demo', 'listen', 'understand', 'prove'],
}

/** Drawers into which everything falls sooner or later. */
const drawers = new Set(['utils', 'util', 'helpers', 'services', 'types', 'common', 'misc', 'lib'])

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.includes('node_modules'),
)
const roomOf = (file: string): string => (file === 'app.ts' ? 'app' : file.split(path.sep)[0]!)

const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g
/** What a worker is started with. */
const WORKER = /new URL\('(\.[^']+\.ts)'/g

function namedIn(file: string, ...patterns: readonly RegExp[]): string[] {
  const text = readFileSync(path.join(src, file), 'utf8')
  const found = patterns.flatMap((pattern) => [...text.matchAll(pattern)])
  return found.map((match) => path.relative(src, path.resolve(src, path.dirname(file), match[1]!)))
}
const importsOf = (file: string) => namedIn(file, IMPORT, WORKER)

/** Files that import one another in a circle, types too: what is left when files that nothing in the circle needs, or that need nothing in it, are taken away. */
function circles(of: readonly string[], read: (file: string) => string[]): string[] {
  let left = new Map(of.map((file) => [file, read(file)]))
  for (let before = -1; before !== left.size; ) {
    before = left.size
    const needed = new Set([...left.values()].flat())
    left = new Map(
      [...left].filter(([file, targets]) => needed.has(file) && targets.some((target) => left.has(target))),
    )
  }
  return [...left.keys()]
}

/** Wrong imports among the given ones, as sentences. */
function trespasses(of: readonly string[], read: (file: string) => string[]): string[] {
  return of.flatMap((file) =>
    read(file)
      .filter((target) => !target.startsWith('..'))
      .filter((target) => roomOf(target) !== roomOf(file) && !allowed[roomOf(file)]?.includes(roomOf(target)))
      .map((target) => `${file} imports ${target}`),
  )
}

describe('the house', () => {
  test('every folder of src is a room that this test knows', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => !(room in allowed))).toEqual([])
  })

  test('no room imports what lies above or beside it', () => {
    expect(trespasses(files, importsOf)).toEqual([])
  })

  test('a wrong import is seen', () => {
    const planted = () => ['act/tickets.ts']
    expect(trespasses(['measure/drivers/cases.ts'], planted)).toEqual([
      'measure/drivers/cases.ts imports act/tickets.ts',
    ])
  })

  test('nothing outside src is imported but packages', () => {
    const outside = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith('..') && !file.endsWith('.test.ts'))
        .map((target) => `${file} imports ${target}`),
    )
    expect(outside).toEqual([])
  })

  test('no files import one another in a circle', () => {
    const own = files.filter((file) => !file.endsWith('.test.ts'))
    expect(circles(own, (file) => namedIn(file, IMPORT))).toEqual([])
  })

  test('a circle is seen, and what hangs on it is not taken for one', () => {
    const planted: Record<string, string[]> = { a: ['b'], b: ['c'], c: ['a', 'd'], d: [], e: ['a'] }
    expect(circles(Object.keys(planted), (file) => planted[file]!)).toEqual(['a', 'b', 'c'])
  })

  test('there is no drawer for everything', () => {
    const parts = files.flatMap((file) => file.replace(/\.ts$/, '').split(path.sep))
    expect([...new Set(parts)].filter((part) => drawers.has(part))).toEqual([])
  })

  test('the console takes nothing but types from src/http', () => {
    const consoleDir = path.resolve(src, '../console')
    const pages = readdirSync(consoleDir, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.tsx?$/.test(file) && !file.startsWith('dist') && !file.includes('node_modules'),
    )
    const wrong = pages.flatMap((file) =>
      [
        ...readFileSync(path.join(consoleDir, file), 'utf8').matchAll(
          /import\s+(type\s+)?[^'"]*from\s+'([^']*\/src\/[^']*)'/g,
        ),
      ]
        .filter((match) => match[1] === undefined || !match[2]!.includes('/src/http/'))
        .map((match) => `${file} imports ${match[2]}`),
    )
    expect(wrong).toEqual([])
  })
})
