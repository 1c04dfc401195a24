import type { Json } from './json.ts'

export type JsonObject = { [key: string]: Json }

/** The value at a path such as `user.name` or `lines.0.sku`; undefined where the way ends earlier. */
export function valueAt(value: Json | undefined, path: string): Json | undefined {
  let at: Json | undefined = value
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null) return undefined
    if (Array.isArray(at)) at = at[Number(key)]
    else at = Object.hasOwn(at, key) ? at[key] : undefined
  }
  return at
}

/** The text at a path as it is written (a number or true/false as text); undefined where it is empty, null or not one value. */
export function textAt(value: Json | undefined, path: string): string | undefined {
  const found = valueAt(value, path)
  if (typeof found === 'number' || typeof found === 'boolean') return String(found)
  return typeof found === 'string' && found.trim() !== '' ? found : undefined
}

/** The number at a path, also one written as text; what else stands there is given as it is, to be refused with its value. */
export function numberAt(value: Json | undefined, path: string): unknown {
  const found = valueAt(value, path)
  if (found === null || found === undefined || found === '') return undefined
  if (typeof found === 'string' && /^\s*-?\d+(?:\.\d+)?\s*$/.test(found)) return Number(found)
  return found
}

/** The objects of the list at a path; none where there is no list. */
export function objectsAt(value: Json | undefined, path: string): JsonObject[] {
  const found = valueAt(value, path)
  return Array.isArray(found) ? found.filter(isObject) : []
}

/** The single values of the list at a path, as one text; undefined where there is none. */
export function joinedAt(value: Json | undefined, path: string): string | undefined {
  const found = valueAt(value, path)
  return Array.isArray(found) && found.length > 0 ? found.map(String).join('、') : undefined
}

export function objectAt(value: Json | undefined, path: string): JsonObject | undefined {
  const found = valueAt(value, path)
  return isObject(found) ? found : undefined
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
