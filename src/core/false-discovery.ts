/**
 * Adjusted p-values by Benjamini and Hochberg (1995), in the order of the input: keeping those up to 0.05 keeps the expected share of
 * false ones among the kept at 5 % or less, over everything that was tried.
 *
 * @example falseDiscovery([0.01, 0.04, 0.03]) // [0.03, 0.04, 0.04]
 */
export function falseDiscovery(ps: readonly number[]): number[] {
  const order = ps.map((_, place) => place).sort((one, other) => ps[other]! - ps[one]!)
  const adjusted = new Array<number>(ps.length)
  let least = 1
  for (const [steps, place] of order.entries()) {
    least = Math.min(least, (ps[place]! * ps.length) / (ps.length - steps))
    adjusted[place] = least
  }
  return adjusted
}
