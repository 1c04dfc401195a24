/** What was found, kept for a short time; what was not found is asked for again each time. At most a thousand are kept. */
export interface Memory<T> {
  find(key: string): Promise<T | null>
  /** Forgets all. What is being asked for at this moment is not kept either. */
  forget(): void
}

const MOST = 1_000

export function rememberFor<T>(ms: number, ask: (key: string) => Promise<T | null>): Memory<T> {
  let kept = new Map<string, { value: T; until: number }>()
  return {
    async find(key) {
      const known = kept.get(key)
      if (known && known.until > performance.now()) return known.value
      const into = kept
      const value = await ask(key)
      if (value === null) into.delete(key)
      else {
        if (into.size >= MOST) into.clear()
        into.set(key, { value, until: performance.now() + ms })
      }
      return value
    },
    forget() {
      kept = new Map()
    },
  }
}
