import { gSquared } from '../../core/association.ts'
import type { Estimate } from '../../core/estimate.ts'
import { FEW } from '../../core/estimate.ts'
import { falseDiscovery } from '../../core/false-discovery.ts'
import { atSameAge, type ByAge, total, without } from './age.ts'
import { compareParts, extraLost, type Part } from './compare.ts'

/** How many came to the step and went on, by how long ago they came: now and on usual days. */
export interface Sides {
  now: ByAge
  usual: ByAge
}

/** One value of one dimension. */
export interface Place extends Sides {
  by: string
  value: string
}

interface Located {
  by: string
  value: string
  now: Part
  /** Usual days together, among people who had been there as long; `n` is how many really came on those days. */
  usual: Part
  /** How many more than usual were lost here, with 95 % interval; n is who came here. */
  extraLost: Estimate
  /** The same of everybody who was lost beyond the usual. */
  shareOfDrop: number
}

export interface Location {
  /** Worst first; the first is responsible where `everywhere` is false. Empty where no place stands out. */
  places: Located[]
  /** Outside the worst place it is worse than usual as well. */
  everywhere: boolean
}

const SHOWN = 5
/** A value that nearly everybody shares tells nothing about where. */
const NEARLY_ALL = 0.95

/**
 * Where a drop comes from. A place fits the better the more its own fall from its usual share says (G² of now against usual inside it) and the
 * less is left to say outside it (G² outside): so of two places that hold the same lost customers the narrower one comes first. Only places
 * with 30 or more now whose fall is more than chance, with false-discovery control over every value that was looked at. A place without usual
 * days of its own, such as a release of today, is held against everybody's usual. All of it among people who have been there as long (`atSameAge`).
 */
export function locate(places: readonly Place[], whole: Sides): Location {
  const everybody = total(whole.now).n
  const candidates = places
    .filter(({ value, now }) => value !== '' && total(now).n >= FEW && total(now).n < everybody * NEARLY_ALL)
    .map((place) => ({ ...place, alike: atSameAge(place.now, usualOf(place, whole.usual)) }))
  const compared = candidates.map(({ alike }) => compareParts(alike.now, alike.usual))
  const adjusted = falseDiscovery(compared.map(({ p }) => p))
  const dropped = Math.max(extraLost(atSameAge(whole.now, whole.usual)), Number.EPSILON)
  const found = candidates.flatMap(({ by, value, now, usual, alike }, i) => {
    const { change } = compared[i]!
    if (!change?.moreThanChance || change.value >= 0 || adjusted[i]! > 0.05) return []
    const { n } = alike.now
    const lost = { value: -change.value * n, low: -change.high * n, high: -change.low * n, n }
    const rest = outside({ now, usual }, whole)
    const came = total(usual).n
    const located = {
      by,
      value,
      now: total(now),
      usual: { k: (alike.usual.k / alike.usual.n) * came, n: came },
      extraLost: lost,
      shareOfDrop: Math.min(1, lost.value / dropped),
    }
    return [{ located, rest, score: fall(alike) - fall(rest) }]
  })
  found.sort((one, other) => other.score - one.score)
  const [worst] = found
  const everywhere = !worst || (compareParts(worst.rest.now, worst.rest.usual).change?.high ?? 0) < 0
  return { places: found.slice(0, SHOWN).map(({ located }) => located), everywhere }
}

const usualOf = ({ usual }: Place, everybody: ByAge): ByAge => (total(usual).n >= FEW ? usual : everybody)

const outside = (place: Sides, whole: Sides) =>
  atSameAge(without(whole.now, place.now), without(whole.usual, place.usual))

/** G² of a fall; a rise is none. */
function fall(alike: { now: Part; usual: Part }): number {
  if (extraLost(alike) <= 0) return 0
  const { now, usual } = alike
  return gSquared({ both: now.k, one: now.n, other: now.k + usual.k, total: now.n + usual.n })
}
