import type { Store } from './memory.ts'

/** A store as a browser has it, which several pages share. */
export function memoryStore(): Store & { size(): number } {
  const kept = new Map<string, string>()
  return {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void kept.set(key, value),
    remove: (key) => void kept.delete(key),
    keys: () => [...kept.keys()],
    size: () => kept.size,
  }
}
