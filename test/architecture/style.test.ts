import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const consoleFolder = path.resolve(import.meta.dirname, '../../console')

const files = readdirSync(consoleFolder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(tsx|css)$/.test(file) && !file.startsWith('dist'))
  .map((file) => ({ file, room: roomOf(file), text: readFileSync(path.join(consoleFolder, file), 'utf8') }))

/** The room whose page a file belongs to; what several pages share has none. */
function roomOf(file: string): string {
  const [top, room] = file.split(path.sep)
  return top === 'pages' && room ? room : ''
}

/** The words that stand in the `className` of elements. */
function classesOf(tsx: string): string[] {
  const given = [...tsx.matchAll(/className=(?:"([^"]*)"|\{([^}]*)\})/g)]
  return given.flatMap(([, plain, expression]) =>
    plain === undefined
      ? [...(expression ?? '').matchAll(/['"`]([^'"`$]*)/g)].flatMap(([, text]) => (text ?? '').split(/\s+/))
      : plain.split(/\s+/),
  )
}

/** Selectors of a style sheet, each of a list by itself; those within @media too, the steps of keyframes not. */
function selectorsOf(css: string): string[] {
  const bare = css.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/@keyframes[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}/g, '')
  const heads = [...bare.matchAll(/(?:^|[{};])\s*([^{};@]+?)\s*(?=\{)/g)]
  return heads.flatMap(([, head]) => (head ?? '').split(/,(?![^(]*\))/)).map((one) => one.trim())
}

const rooms = new Map<string, Set<string>>()
for (const { file, room, text } of files)
  if (file.endsWith('.tsx'))
    for (const name of classesOf(text)) rooms.set(name, (rooms.get(name) ?? new Set()).add(room))

/** A style sheet stays when its page is left: a selector must name a class that no other page’s elements have. */
const leaks = (room: string, selector: string): boolean =>
  ![...selector.matchAll(/\.([\w-]+)/g)].some(([, name]) => {
    const used = rooms.get(name ?? '')
    return used === undefined || (used.size === 1 && used.has(room))
  })

/** Of a part that a neighbour borrows, with its sheet. */
const shared = /^\.(?:evidence-rows|ant-)/

describe('style sheets', () => {
  test('a page styles itself and no other', () => {
    const found = files
      .filter(({ file, room }) => file.endsWith('.css') && room !== '')
      .flatMap(({ file, room, text }) =>
        selectorsOf(text)
          .filter((one) => one.includes('.') && !shared.test(one) && leaks(room, one))
          .map((one) => `${file}: ${one}`),
      )
    expect(found).toEqual([])
  })

  test('a selector that another page answers to is seen', () => {
    expect(leaks('sources', '.names code')).toBe(true)
    expect(leaks('sources', '.bring .names')).toBe(false)
  })
})
