/**
 * What masking costs a text: over all reviews, and over short ones without a digit, as most are. Beside it in the same run a bare pass
 * that looks at every character once.
 *
 *   node bench/mask.ts [--rounds 5] [--texts 20000]
 */
import { mask } from '../src/listen/mask.ts'
import { reviews } from './reviews.ts'
import { count, machine, median, numberOption, timed } from './rig.ts'

const SHORT = 80
const rounds = numberOption('rounds', 5)
const wanted = numberOption('texts', 20_000)
const { of, reviews: all } = reviews()
const step = Math.max(1, Math.floor(all.length / wanted))
const texts = all.filter((_, place) => place % step === 0).map(({ text }) => text)
const plain = texts.filter((text) => text.length <= SHORT && !/[0-9０-９]/.test(text))

console.log(`mask: ${count(texts.length)} reviews of ${of}`)
console.log(machine())
for (const [name, set] of [
  ['all', texts],
  ['short, no digit', plain],
] as const) {
  const [bare, masking] = [await cost(set, look), await cost(set, mask)]
  const length = set.reduce((sum, text) => sum + text.length, 0) / set.length
  console.log(
    `  ${name.padEnd(16)} ${count(set.length).padStart(7)} texts of ${length.toFixed(0)} characters: ${(set.length / masking / 1000).toFixed(2)} M texts/s, ${((masking / set.length) * 1e6).toFixed(0)} ns each, ${(masking / bare).toFixed(1)} × a bare pass`,
  )
}
console.log(machine())

/** Milliseconds for the whole set, the median of the rounds; the first two warm up. */
async function cost(set: readonly string[], work: (text: string) => unknown): Promise<number> {
  const times: number[] = []
  for (let round = -2; round < rounds; round++) {
    const { ms } = await timed(() => {
      for (const text of set) work(text)
    })
    if (round >= 0) times.push(ms)
  }
  return median(times)
}

function look(text: string): number {
  let sum = 0
  for (let at = 0; at < text.length; at++) sum ^= text.charCodeAt(at)
  return sum
}
