import { addTallies, noTally, type Tally } from '../indicators/define.ts'
import { itemsOfBoth, type RolledQuestion, type RolledRow, SINCE } from '../rollups/read.ts'
import type { Slice } from '../slice.ts'
import { type AskedFor, answered, BETWEEN } from './answered.ts'
import type { Counted, Part } from './counted.ts'

/** What customers who speak of a touchpoint answered when they were asked: outcomes from outside the reader. */
export interface Answers {
  nps: { now: Tally; before: Tally }
  csat: Counted
  ces: Counted
}

/**
 * Answers of voices that mention a touchpoint, each voice once a touchpoint: NPS (9–10 less 0–6), satisfied ratings of any other question
 * or review (the top quarter of the scale), and the answers 5–7 of 7 to "was it easy".
 */
export const askAnswers = (slice: Slice): RolledQuestion => itemsOfBoth(slice, answered)

export function answersAt(rows: readonly RolledRow[], places: ReadonlyMap<string, string>): Map<string, Answers> {
  const tallies = new Map<string, Tally>()
  const touchpoints = new Set<string>()
  for (const row of rows) {
    const [question, ...aspects] = row.item.split(BETWEEN)
    for (const touchpoint of new Set(aspects.map((aspect) => places.get(aspect)))) {
      if (touchpoint === undefined) continue
      touchpoints.add(touchpoint)
      const key = keyOf(touchpoint, question as AskedFor, row.day === SINCE)
      tallies.set(key, addTallies(tallies.get(key) ?? noTally, row))
    }
  }
  return new Map(
    [...touchpoints].map((touchpoint) => {
      const of = (question: AskedFor) => ({
        now: tallies.get(keyOf(touchpoint, question, true)) ?? noTally,
        before: tallies.get(keyOf(touchpoint, question, false)) ?? noTally,
      })
      const counted = ({ now, before }: { now: Tally; before: Tally }) => ({ now: partOf(now), before: partOf(before) })
      return [touchpoint, { nps: of('nps'), csat: counted(of('other')), ces: counted(of('ces')) }]
    }),
  )
}

const keyOf = (touchpoint: string, question: AskedFor, current: boolean) => `${touchpoint} ${question} ${current}`
const partOf = ({ plus, n }: Tally): Part => ({ hits: plus, n })
