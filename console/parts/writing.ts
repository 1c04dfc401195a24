/** What was left unsaved under a key, if it began from the same; `began` is what it was before anybody wrote. */
export function leftOf<T>(store: Storage, key: string, began: T): { value: T } | null {
  try {
    const left = JSON.parse(store.getItem(key) ?? 'null') as { began: string; value: T } | null
    return left?.began === JSON.stringify(began) ? { value: left.value } : null
  } catch {
    return null
  }
}

/** Remembers what is written. What is as it was before is not worth remembering; where nothing may be stored, nothing is. */
export function leave<T>(store: Storage, key: string, began: T, value: T): void {
  const from = JSON.stringify(began)
  try {
    if (JSON.stringify(value) === from) store.removeItem(key)
    else store.setItem(key, JSON.stringify({ began: from, value }))
  } catch {}
}
