/** What the address says: the tenant, the slice of data, and what a page itself asks. Shared links open on the same view. */

const lists = [
  'category',
  'merchant',
  'product',
  'city',
  'kind',
  'sentiment',
  'aspect',
  'scene',
  'emotion',
  'intent',
  'urgency',
  'speaker',
] as const
const singles = [
  'tenant',
  'lang',
  'from',
  'to',
  'text',
  'order',
  'metric',
  'rating',
  'returned',
  'driver',
  'ticket',
  'state',
  'tab',
  'by',
  'week',
  'span',
  'focus',
  'records',
  'form',
  'grain',
  'against',
  'other',
  'otherFrom',
  'otherTo',
  'split',
  'funnel',
  'draft',
  'step',
  'back',
] as const

export type ListKey = (typeof lists)[number]
export type SingleKey = (typeof singles)[number]
export type Search = { [K in ListKey]?: string[] } & { [K in SingleKey]?: string }

/** The part of a search that stays when moving from page to page. */
const sliceKeys = ['tenant', 'lang', 'from', 'to', 'category', 'merchant', 'product', 'city'] as const
/** What only the voices page filters by. */
const voiceKeys = [
  'kind',
  'sentiment',
  'aspect',
  'scene',
  'emotion',
  'intent',
  'urgency',
  'speaker',
  'text',
  'order',
  'metric',
  'rating',
  'returned',
  'driver',
] as const

const aDay = /^\d{4}-\d{2}-\d{2}$/
/** A day of the calendar: 31 February is none. */
function isDay(value: string): boolean {
  const at = aDay.test(value) ? Date.parse(value) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value)
}
const allowed: { [K in SingleKey]?: (value: string) => boolean } = {
  from: isDay,
  to: isDay,
  otherFrom: isDay,
  otherTo: isDay,
  rating: (value) => value === 'low' || value === 'high',
  returned: (value) => value === 'yes',
  grain: (value) => value === 'day' || value === 'week' || value === 'month',
  lang: (value) => value === 'zh' || value === 'en',
  // A page of this console, never another site.
  back: (value) => /^\/(?![/\\])/.test(value),
}

const texts = (value: unknown) =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '')

/** Keeps what the console knows, in the form it expects; the rest is dropped, and so is a period that runs backwards. */
export function validSearch(raw: Record<string, unknown>): Search {
  const search: Search = {}
  for (const key of lists) {
    const values = [...new Set(texts(raw[key]))]
    if (values.length > 0) search[key] = values
  }
  for (const key of singles) {
    const [value] = texts(raw[key])
    if (value !== undefined && (allowed[key]?.(value) ?? true)) search[key] = value
  }
  const { from, to, ...rest } = search
  return from && to && from > to ? rest : search
}

/** `?category=a&category=b` → {category: ['a', 'b']}. */
function parseSearch(text: string): Record<string, unknown> {
  const found: Record<string, string[]> = {}
  for (const [key, value] of new URLSearchParams(text)) found[key] = [...(found[key] ?? []), value]
  return found
}

/** The router lays what was validated over what was parsed, so that what is dropped must be gone when it is parsed. */
export const readAddress = (text: string): Search => validSearch(parseSearch(text))

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) for (const one of texts(value)) params.append(key, one)
  const text = params.toString()
  return text ? `?${text}` : ''
}

function pick(search: Search, keys: readonly string[]): Search {
  return Object.fromEntries(Object.entries(search).filter(([key, value]) => keys.includes(key) && value !== undefined))
}

/** The search of a link to another page: the slice stays, the old page's own questions go. */
export function carried(search: Search, extra: Search = {}): Search {
  return validSearch({ ...pick(search, sliceKeys), ...extra })
}

/** What the API is asked: tenant and slice, and on the voices page its filters. */
export function sliceOf(search: Search): Search {
  return pick(
    search,
    sliceKeys.filter((key) => key !== 'lang'),
  )
}
export function voiceFilter(search: Search): Search {
  return { ...sliceOf(search), ...pick(search, voiceKeys) }
}

/** How many filters narrow the voices beyond the period. */
export function narrowing(search: Search): { key: ListKey | SingleKey; value: string }[] {
  const keys = [...voiceKeys, 'category', 'merchant', 'product', 'city'] as const
  return keys.flatMap((key) => texts(search[key]).map((value) => ({ key, value })))
}

/** The search without one value of one filter. */
export function without(search: Search, key: ListKey | SingleKey, value: string): Search {
  return validSearch({ ...search, [key]: texts(search[key]).filter((one) => one !== value) })
}

export function toggled(search: Search, key: ListKey, value: string): Search {
  const values = search[key] ?? []
  return values.includes(value) ? without(search, key, value) : validSearch({ ...search, [key]: [...values, value] })
}
