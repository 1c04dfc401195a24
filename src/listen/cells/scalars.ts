import { snakeCase } from '../../core/event-names.ts'
import { isObject, type JsonObject } from '../decode/fields.ts'
import type { Json } from '../decode/json.ts'

/** Facts kept of one event, at most, and how deep they are looked for. */
const MOST = 60
const DEEPEST = 3

/** Names below which people are described; such values are never facts. */
const personal =
  /^(?:e_?mail(?:_?address)?|phone(?:_?number)?|mobile|tel(?:ephone)?|first_?name|last_?name|full_?name|user_?name|display_?name|address\d?|address_?line\d?|street|zip|zip_?code|post(?:al)?_?code|ip|ip_?address|birthday|birth_?date|gender|latitude|longitude|password|token|api_?key|id_?card|recipient|recipient_?name|customer_?name|traits)$/

/**
 * The single values of an object under names in snake_case (`cart.id` → `cart_id`): texts, numbers and true/false, as facts of an event.
 * What names a person is not among them; lists of single values are joined.
 */
export function scalarsOf(
  object: JsonObject | undefined,
  without: ReadonlySet<string> = new Set(),
): Record<string, string | number | boolean> {
  const found: Record<string, string | number | boolean> = {}
  const walk = (inner: JsonObject, prefix: string, depth: number) => {
    for (const [key, value] of Object.entries(inner)) {
      const name = snakeCase(key)
      const full = prefix === '' ? name : `${prefix}_${name}`.slice(0, 80)
      if (name === '' || personal.test(name) || (depth === 1 && without.has(key))) continue
      if (isObject(value)) {
        if (depth < DEEPEST) walk(value, full, depth + 1)
      } else {
        const one = single(value)
        if (one !== undefined && Object.keys(found).length < MOST) found[full] = one
      }
    }
  }
  if (object) walk(object, '', 1)
  return found
}

function single(value: Json): string | number | boolean | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.slice(0, 2_000)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (!Array.isArray(value) || value.length === 0 || value.some((one) => typeof one === 'object')) return undefined
  return value.join('、').slice(0, 2_000)
}
