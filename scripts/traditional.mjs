/**
 * Writes the table by which traditional characters are read as simplified ones (src/understand/traditional.ts), from the dictionaries
 * of the npm package opencc-js, unpacked anywhere:
 *
 *   npm pack opencc-js && tar xzf opencc-js-*.tgz && node scripts/traditional.mjs package
 *
 * Only pairs of one UTF-16 unit each, so that places in a text stay what they are, and only from characters that simplified Chinese
 * does not use itself (著 stays, as in 著名).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = path.resolve(process.argv[2] ?? 'package')
const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
const dictionary = async (name) => {
  const file = pathToFileURL(path.join(folder, 'dist/esm-lib/dict', `${name}.js`))
  return new Map((await import(file)).default.split('|').map((pair) => pair.split(' ')))
}

const simplify = await dictionary('TSCharacters')
const simplified = new Set([...(await dictionary('STCharacters')).keys(), '著'])
const table = new Map(simplify)
for (const region of ['HKVariantsRev', 'TWVariantsRev']) {
  for (const [variant, standard] of await dictionary(region)) {
    if (!table.has(variant)) table.set(variant, simplify.get(standard) ?? standard)
  }
}
// Pronouns that dictionaries leave alone.
for (const [from, to] of ['妳你', '牠它']) table.set(from, to)

const pairs = [...table]
  .filter(([from, to]) => from.length === 1 && to.length === 1 && from !== to && !simplified.has(from))
  .sort(([a], [b]) => (a < b ? -1 : 1))
const target = path.resolve(import.meta.dirname, '../src/understand/traditional.ts')
writeFileSync(
  target,
  `/**
 * ${pairs.length} traditional characters, each followed by the simplified one that it is read as. Made by scripts/traditional.mjs from the
 * dictionaries of opencc-js ${version}, which come from OpenCC (https://github.com/BYVoid/OpenCC), Apache License 2.0.
 */
export const TRADITIONAL =
  '${pairs.map((pair) => pair.join('')).join('')}'
`,
)
console.log(`${pairs.length} pairs in ${target}`)
