import { type BadQuote, badQuotes } from '../measure/badness.ts'
import type { Slice } from '../measure/slice.ts'
import type { Analytics } from '../store/clickhouse/analytics.ts'
import { withoutCopies } from '../understand/copies.ts'

const QUOTED_ASPECTS = 6
const QUOTES_OF_AN_ASPECT = 2

/** Complaints about the first of these aspects, in different words, aspects in turn. */
export async function quotesOf(analytics: Analytics, slice: Slice, aspects: readonly string[]): Promise<BadQuote[]> {
  const wanted = aspects.slice(0, QUOTED_ASPECTS)
  const found = await badQuotes(analytics, slice, wanted, 4 * QUOTES_OF_AN_ASPECT)
  const seen = new Set<string>()
  const own = found.filter((one) => !seen.has(one.voiceId) && seen.add(one.voiceId))
  const distinct = withoutCopies(own.map((one) => one.text)).map((at) => own[at]!)
  return wanted.flatMap((aspect) => distinct.filter((one) => one.aspect === aspect).slice(0, QUOTES_OF_AN_ASPECT))
}
