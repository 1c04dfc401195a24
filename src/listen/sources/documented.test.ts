import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { type Source, shelves } from '../source/source.ts'
import { sources } from './list.ts'

const page = path.resolve(import.meta.dirname, '../../../docs/sources.md')
const BEGIN = '<!-- sources: made from src/listen/sources/list.ts -->'
const END = '<!-- /sources -->'

function row({ id, en, webhook, pull, describe }: Source): string {
  const ways = ['file', ...(webhook ? ['webhook'] : []), ...(pull ? ['pull'] : [])].join(', ')
  return `| \`${id}\` | ${en} | ${ways} | ${describe.en.replaceAll('|', '\\|').replace(/\s+/g, ' ')} |`
}

const table = () =>
  shelves
    .flatMap((shelf) => [
      `### ${shelf[0]!.toUpperCase()}${shelf.slice(1)}`,
      '',
      '| source | system | ways in | what is read |',
      '|---|---|---|---|',
      ...sources.filter((source) => source.shelf === shelf).map(row),
      '',
    ])
    .join('\n')

/** After a source was added or changed: `DAYSTAR_WRITE_DOCS=1 npx vitest run src/listen/sources/documented.test.ts` writes it anew. */
test('the table of sources in the manual is that of the program', () => {
  const text = readFileSync(page, 'utf8')
  const from = text.indexOf(BEGIN)
  const to = text.indexOf(END)
  expect(from).toBeGreaterThan(0)
  const wanted = `${text.slice(0, from)}${BEGIN}\n\n${table()}${text.slice(to)}`
  if (process.env.DAYSTAR_WRITE_DOCS) writeFileSync(page, wanted)
  expect(readFileSync(page, 'utf8')).toBe(wanted)
  for (const { id } of sources) expect(wanted).toContain(`| \`${id}\` |`)
})
