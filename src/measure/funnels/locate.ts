import { gSquared } from '../../core/association.ts'
import type { Estimate } from '../../core/estimate.ts'
import { FEW } from '../../core/estimate.ts'
import { falseDiscovery } from '../../core/false-discovery.ts'
import { compareParts, type Part } from './compare.ts'

/** One value of one dimension: how many came to the step and went on, now and on usual days. */
export interface Place {
  by: string
  value: string
  now: Part
  usual: Part
}

interface Located extends Place {
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
 * days of its own, such as a release of today, is held against everybody's usual.
 */
export function locate(places: readonly Place[], whole: { now: Part; usual: Part }): Location {
  const candidates = places.filter(({ value, now }) => value !== '' && now.n >= FEW && now.n < whole.now.n * NEARLY_ALL)
  const compared = candidates.map((place) => compareParts(place.now, usualOf(place, whole.usual)))
  const adjusted = falseDiscovery(compared.map(({ p }) => p))
  const dropped = Math.max(extra(whole.now, whole.usual), Number.EPSILON)
  const found = candidates.flatMap((place, i) => {
    const { change } = compared[i]!
    if (!change?.moreThanChance || change.value >= 0 || adjusted[i]! > 0.05) return []
    const { n } = place.now
    const extraLost = { value: -change.value * n, low: -change.high * n, high: -change.low * n, n }
    const score = fall(place.now, usualOf(place, whole.usual)) - fall(...outside(place, whole))
    return [{ ...place, extraLost, shareOfDrop: Math.min(1, extraLost.value / dropped), score }]
  })
  found.sort((one, other) => other.score - one.score)
  const [worst] = found
  const rest = worst && outside(worst, whole)
  const everywhere = rest === undefined || (compareParts(...rest).change?.high ?? 0) < 0
  return { places: found.slice(0, SHOWN).map(({ score: _, ...place }) => place), everywhere }
}

const usualOf = (place: Place, everybody: Part): Part => (place.usual.n >= FEW ? place.usual : everybody)

function outside(place: Place, whole: { now: Part; usual: Part }): [Part, Part] {
  const less = (all: Part, part: Part): Part => ({ k: all.k - part.k, n: all.n - part.n })
  return [less(whole.now, place.now), less(whole.usual, place.usual)]
}

/** How many would have gone on, had it been as usual, and did not. */
const extra = (now: Part, usual: Part): number => (usual.n === 0 ? 0 : (usual.k / usual.n) * now.n - now.k)

/** G² of a fall; a rise is none. */
function fall(now: Part, usual: Part): number {
  if (extra(now, usual) <= 0) return 0
  return gSquared({ both: now.k, one: now.n, other: now.k + usual.k, total: now.n + usual.n })
}
