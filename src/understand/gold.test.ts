import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { DEFAULT_PACKS_DIR } from './packs.ts'
import { loadReader, type Reader } from './reader.ts'

interface Gold {
  text: string
  expect: { aspect: string; polarity: string; scene?: string }[]
}

const readers = { 'packs alone': loadReader({ weightsFile: null }), 'packs and weights': loadReader() }

for (const [name, reader] of Object.entries(readers)) {
  for (const pack of reader.packs) {
    const cases = goldOf(pack.id)
    if (cases.length === 0) continue
    test(`the ${pack.en} pack finds what its gold cases say (${name})`, () => {
      expect(cases.flatMap((gold) => missing(reader, pack.id, gold))).toEqual([])
    })
  }
}

function goldOf(pack: string): Gold[] {
  const file = path.join(DEFAULT_PACKS_DIR, pack, 'gold.jsonl')
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Gold)
}

/** What a case expects and the reading lacks or contradicts, as sentences. */
function missing(reader: Reader, category: string, gold: Gold): string[] {
  const { mentions } = reader.read({ text: gold.text, category })
  return gold.expect.flatMap(({ aspect, polarity, scene }) => {
    const same = mentions.filter((mention) => mention.aspect === aspect)
    const right = same.some((mention) => mention.polarity === polarity && (!scene || mention.scene === scene))
    const contrary = same.some((mention) => mention.polarity !== polarity && mention.polarity !== 'neutral')
    if (right && !contrary) return []
    const said = mentions.map((mention) => `${mention.aspect} ${mention.polarity} ${mention.scene}`).join('; ')
    return [`${gold.text} → ${aspect} ${polarity} ${scene ?? ''} wanted; said: ${said}`]
  })
}
