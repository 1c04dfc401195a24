import { itemsOfBoth, type RolledQuestion, type RolledRow } from '../rollups/read.ts'
import type { Slice } from '../slice.ts'
import { type Counted, periodsOf } from './counted.ts'
import { HOW, held } from './held.ts'
import type { FrictionKind } from './path.ts'
import type { Seen } from './seen.ts'

/** Who was held up at a touchpoint, and by what; one who was held up in several ways is counted in each, and once in `held`. */
export interface HeldUp {
  held: Counted
  /**
   * Whether trouble would have been seen: an error or a rage click is recorded anywhere, or a failure or an attempt at this touchpoint.
   * Where nothing of the kind is ever recorded, nobody was held up that we know of, which is not nobody.
   */
  watched: boolean
  kinds: { kind: FrictionKind; n: number }[]
}

/**
 * Visits held up at each touchpoint, of those that were seen there: something failed, the page broke, they clicked in rage, or they tried
 * again and again.
 */
export const askHeldUp = (slice: Slice): RolledQuestion => itemsOfBoth(slice, held)

export function heldUpAt(rows: readonly RolledRow[], there: ReadonlyMap<string, Seen>): Map<string, HeldUp> {
  const items = periodsOf(rows)
  const everywhere = rows.some(({ item, plus, minus }) => item.startsWith(HOW) && plus + minus > 0)
  return new Map(
    [...there].map(([id, { visitors }]) => {
      const [what, how] = [items.get(id), items.get(`${HOW}${id}`)]
      const here = [what?.now?.plus, what?.before?.plus, how?.now?.n, how?.before?.n]
      const kinds: HeldUp['kinds'] = [
        { kind: 'failed', n: what?.now?.plus ?? 0 },
        { kind: 'error', n: how?.now?.plus ?? 0 },
        { kind: 'rage', n: how?.now?.minus ?? 0 },
        { kind: 'repeated', n: what?.now?.minus ?? 0 },
      ]
      const heldUp: HeldUp = {
        held: {
          now: { hits: what?.now?.n ?? 0, n: visitors.now },
          before: { hits: what?.before?.n ?? 0, n: visitors.before },
        },
        watched: everywhere || here.some((n = 0) => n > 0),
        kinds: kinds.filter(({ n }) => n > 0),
      }
      return [id, heldUp]
    }),
  )
}
