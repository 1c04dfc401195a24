import type { Polarity } from '../../../../core/reading.ts'
import type { Reader } from '../../../reader.ts'
import type { Stretch } from '../../crf/relations.ts'
import { cutUnits, newUnits } from '../../crf/units.ts'
import { clauseOf, ownOf, spanOf } from './places.ts'

/** The numbers that {@link readerSays} writes for a term. */
export const SAID_WIDTH = 3

/**
 * What the reader makes of each term by the packs alone, which were written and not learnt, −1 to 1: the mention that lies over it, the part
 * of its clause that no other term is nearer to, and its clause.
 */
export function readerSays(reader: Reader, text: string, terms: readonly Stretch[], out: Float64Array): void {
  const { mentions } = reader.read({ text, kind: 'review' })
  const units = cutUnits(text, newUnits(text.length))
  const spans = terms.map((term) => spanOf(units, term))
  const scoreOf = (stretch: Stretch) =>
    stretch.end > stretch.start
      ? reader.read({ text: text.slice(units.starts[stretch.start]!, units.ends[stretch.end - 1]!), kind: 'review' })
          .score
      : 0
  for (const [i, term] of terms.entries()) {
    const over = mentions.find(({ start, end }) => start < term.end && term.start < end)
    const clause = clauseOf(units, spans[i]!)
    out[SAID_WIDTH * i] = over ? signOf(over.polarity) : 0
    out[SAID_WIDTH * i + 1] = scoreOf(ownOf(clause, spans[i]!, spans))
    out[SAID_WIDTH * i + 2] = scoreOf(clause)
  }
}

const signOf = (polarity: Polarity): number => (polarity === 'positive' ? 1 : polarity === 'negative' ? -1 : 0)
