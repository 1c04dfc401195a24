import { expect, test } from 'vitest'
import { goldOf, unmet } from './gold.ts'
import { loadReader } from './reader.ts'

const readers = { 'packs alone': loadReader({ weightsFile: null }), 'packs and weights': loadReader() }

for (const [name, reader] of Object.entries(readers)) {
  for (const pack of reader.packs) {
    const cases = goldOf(pack.id)
    if (cases.length === 0) continue
    test(`the ${pack.en} pack finds what its gold cases say (${name})`, () => {
      const missing = cases.flatMap((gold) => unmet(reader.read({ text: gold.text, category: pack.id }), gold))
      expect(missing).toEqual([])
    })
  }
}
