/**
 * How much of what fresh texts ask the reader tells (`test/reader/fresh.txt`), round by round with the 95 % interval of Wilson. A round
 * is blind only before anything was mended for it: docs/reading.md keeps those figures.
 *
 *   node bench/fresh.ts [--missed]      with what was missed
 */
import { wilson } from '../src/core/share.ts'
import { freshChecks } from '../test/reader/expectations.ts'

const percent = (share: number | null) => `${(100 * (share ?? 0)).toFixed(1)} %`
for (const [round, checks] of Map.groupBy(freshChecks(), ({ round }) => round)) {
  const right = checks.filter((check) => check.right).length
  const { value, low, high, n } = wilson(right, checks.length)
  const texts = new Set(checks.map(({ text }) => text)).size
  console.log(
    `${round}\n  ${texts} texts: ${right} of ${n} told, ${percent(value)} (${percent(low)} to ${percent(high)})`,
  )
  if (process.argv.includes('--missed'))
    for (const { text, mark } of checks.filter((check) => !check.right)) console.log(`  ${mark}\t${text}`)
}
