/**
 * Agglomerative clustering with average linkage: joins the two nearest groups until none are as near as `least`. `nearness` is
 * symmetric, 0 to 1. Meant for a few hundred things.
 */
export function cluster(size: number, nearness: (a: number, b: number) => number, least: number): number[][] {
  const near = Array.from({ length: size }, (_, a) =>
    Float64Array.from({ length: size }, (_, b) => (a === b ? 0 : nearness(a, b))),
  )
  const groups = new Map<number, number[]>(Array.from({ length: size }, (_, at) => [at, [at]]))
  for (;;) {
    let [best, one, other] = [least, -1, -1]
    const ids = [...groups.keys()]
    for (const [i, a] of ids.entries()) {
      for (const b of ids.slice(i + 1)) if (near[a]![b]! >= best) [best, one, other] = [near[a]![b]!, a, b]
    }
    if (one === -1) return [...groups.values()]
    const [into, from] = [groups.get(one)!, groups.get(other)!]
    for (const id of ids) {
      const joined = (near[one]![id]! * into.length + near[other]![id]! * from.length) / (into.length + from.length)
      near[one]![id] = joined
      near[id]![one] = joined
    }
    into.push(...from)
    groups.delete(other)
  }
}

/** The share of what either has that both have. */
export function jaccard<T>(one: ReadonlySet<T>, other: ReadonlySet<T>): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one]
  let both = 0
  for (const thing of small) if (large.has(thing)) both++
  const either = one.size + other.size - both
  return either === 0 ? 0 : both / either
}
