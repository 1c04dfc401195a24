/** Where things are kept between pages. Every method may find the browser's storage full, blocked or gone: then nothing is kept. */
export interface Store {
  get(key: string): string | null
  set(key: string, value: string): void
  remove(key: string): void
  keys(): string[]
}

export const browserStore: Store = {
  get: (key) => guarded(() => localStorage.getItem(key), null),
  set: (key, value) => guarded(() => localStorage.setItem(key, value), undefined),
  remove: (key) => guarded(() => localStorage.removeItem(key), undefined),
  keys: () => guarded(() => Object.keys(localStorage), []),
}

export function guarded<T>(act: () => T, otherwise: T): T {
  try {
    return act()
  } catch {
    return otherwise
  }
}

export function parsed<T>(text: string | null): T | undefined {
  return guarded(() => (text ? (JSON.parse(text) as T) : undefined), undefined)
}
