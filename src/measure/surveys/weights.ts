/** A person by what is known of them before they answer: dimension to group, empty where it is not known. */
export type Profile = Readonly<Record<string, string>>

export interface Weighting {
  /** One for each respondent; their mean is 1. */
  weights: number[]
  /** The share of the invited whose group has respondents to speak for it, the least over the dimensions. */
  coverage: number
  /** The dimensions that were weighted by: those with two groups or more that have enough respondents. */
  dimensions: string[]
}

/** Groups with fewer respondents are taken together: a few people must not speak for many. */
const FEWEST = 5
export const REST = '…'

/**
 * Weights that make those who answered look like those who were invited, in every dimension at once: the weights are scaled to one
 * margin after another until all fit (raking, iterative proportional fitting: Deming and Stephan 1940). With one dimension this is
 * post-stratification. What is not known of people cannot be mended by it.
 */
export function rake(
  respondents: readonly Profile[],
  invited: readonly Profile[],
  dimensions: readonly string[],
): Weighting {
  const margins = dimensions.map((dimension) => marginOf(respondents, invited, dimension))
  const useful = margins.filter(({ targets }) => targets.size > 1)
  const weights = respondents.map(() => 1)
  for (let round = 0; round < 200; round++) {
    let worst = 0
    for (const { groups, targets } of useful) {
      const sums = new Map<string, number>()
      groups.forEach((group, i) => {
        sums.set(group, (sums.get(group) ?? 0) + weights[i]!)
      })
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      groups.forEach((group, i) => {
        const factor = (targets.get(group)! * total) / sums.get(group)!
        worst = Math.max(worst, Math.abs(factor - 1))
        weights[i]! *= factor
      })
    }
    if (worst < 1e-9) break
  }
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, weights.length)
  return {
    weights: weights.map((weight) => weight / mean),
    coverage: Math.min(1, ...margins.map((margin) => margin.coverage)),
    dimensions: useful.map(({ dimension }) => dimension),
  }
}

/** The group of each respondent in a dimension, and the share that each group is to have. */
function marginOf(respondents: readonly Profile[], invited: readonly Profile[], dimension: string) {
  const answered = countBy(respondents, dimension)
  const small = (group: string) => (answered.get(group) ?? 0) < FEWEST
  const named = (group: string) => (small(group) ? REST : group)
  const groups = respondents.map((one) => named(one[dimension] ?? ''))
  const present = new Set(groups)
  const targets = new Map<string, number>()
  for (const one of invited) {
    const group = named(one[dimension] ?? '')
    if (present.has(group)) targets.set(group, (targets.get(group) ?? 0) + 1)
  }
  const covered = [...targets.values()].reduce((sum, n) => sum + n, 0)
  for (const [group, n] of targets) targets.set(group, n / covered)
  return { dimension, groups, targets, coverage: invited.length === 0 ? 1 : covered / invited.length }
}

export function countBy(people: readonly Profile[], dimension: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const one of people) {
    const group = one[dimension] ?? ''
    counts.set(group, (counts.get(group) ?? 0) + 1)
  }
  return counts
}

/** The greatest amounts of the low and of the middle third; null where all are alike, or too few. */
export function thirds(amounts: readonly number[]): [number, number] | null {
  const sorted = [...amounts].sort((a, b) => a - b)
  if (sorted.length < 3 || sorted[0] === sorted.at(-1)) return null
  return [sorted[Math.ceil(sorted.length / 3) - 1]!, sorted[Math.ceil((2 * sorted.length) / 3) - 1]!]
}

export function bandOf(amount: number | null, cuts: [number, number] | null): string {
  if (amount === null || cuts === null) return ''
  return amount <= cuts[0] ? 'low' : amount <= cuts[1] ? 'middle' : 'high'
}
