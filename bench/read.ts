/**
 * How fast the language engine reads, alone and on one thread. Bare in the same run: one pass over the same characters that looks each
 * two neighbours up in a set, which is the least that anything reading words must do.
 *
 *   node bench/read.ts [--rounds 3] [--texts 20000]
 */
import { loadReader } from '../src/understand/reader.ts'
import { reviews } from './reviews.ts'
import { count, machine, median, numberOption, timed } from './rig.ts'

const rounds = numberOption('rounds', 3)
const { of, reviews: all } = reviews()
const wanted = numberOption('texts', 20_000)
const step = Math.max(1, Math.floor(all.length / wanted))
const texts = all.filter((_, place) => place % step === 0)
const characters = texts.reduce((sum, { text }) => sum + text.length, 0)

console.log(`read: ${count(texts.length)} reviews of ${of}, ${count(characters)} characters`)
console.log(machine())
const reader = loadReader()
const vocabulary = new Set(reader.packs.flatMap((pack) => pack.aspects.flatMap((aspect) => aspect.terms)))
const figures = { bare: [] as number[], read: [] as number[] }
let kept = 0
for (let round = 0; round <= rounds; round++) {
  const bare = await timed(pass)
  const read = await timed(() => {
    for (const { text, category } of texts) kept += reader.read({ text, category, kind: 'review' }).mentions.length
  })
  // The first round warms up.
  if (round === 0) continue
  figures.bare.push(bare.ms)
  figures.read.push(read.ms)
}
const [bare, read] = [median(figures.bare), median(figures.read)]
const rate = (ms: number) =>
  `${count(texts.length / (ms / 1000)).padStart(9)} texts/s ${(characters / ms / 1000).toFixed(2).padStart(7)} M characters/s`
console.log(
  `median of ${rounds} rounds, one thread; ${(kept / texts.length / (rounds + 1)).toFixed(2)} mentions a text`,
)
console.log(`  bare pass  ${rate(bare)}`)
console.log(`  reader     ${rate(read)}`)
console.log(`  ratio: the reader takes ${(read / bare).toFixed(1)} × the bare pass`)
console.log(machine())

function pass(): number {
  let hits = 0
  for (const { text } of texts) {
    let before = ''
    for (const character of text) {
      if (vocabulary.has(before + character)) hits++
      before = character
    }
  }
  return hits
}
