interface Bucket {
  tokens: number
  at: number
}

/**
 * Token buckets by name: `burst` at once, then `perSecond`. In memory and bounded: with more than `most` names the one that was not
 * seen for longest is forgotten, which only gives it a full bucket again. Answers 0, or the milliseconds after which there is a token.
 */
export function limitRate({ perSecond, burst, most = 20_000 }: { perSecond: number; burst: number; most?: number }) {
  const buckets = new Map<string, Bucket>()
  return (name: string, now: number): number => {
    const last = buckets.get(name)
    const tokens = last ? Math.min(burst, last.tokens + (Math.max(0, now - last.at) / 1000) * perSecond) : burst
    buckets.delete(name)
    buckets.set(name, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now })
    if (buckets.size > most) buckets.delete(buckets.keys().next().value!)
    return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000)
  }
}
