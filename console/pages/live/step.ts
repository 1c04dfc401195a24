import type { FunnelStepDefinition } from '../../../src/http/shapes.ts'

/** A step as the editor shows it, and back. Pure. */

export const kinds = ['events', 'touchpoint', 'order'] as const
export type Kind = (typeof kinds)[number]

type EventStep = Extract<FunnelStepDefinition, { events: string[] }>
export type Condition = EventStep['where'][number]

export function kindOf(step: FunnelStepDefinition): Kind {
  if ('order' in step) return 'order'
  return step.events.length === 0 && step.where.some((one) => fieldOf(one) === 'touchpoint') ? 'touchpoint' : 'events'
}

/** A step of a kind, before anything is chosen. */
export function stepOfKind(kind: Kind): FunnelStepDefinition {
  if (kind === 'order') return { order: 'placed' }
  if (kind === 'events') return { events: ['page_viewed'], where: [] }
  return { events: [], where: [{ field: 'touchpoint', in: ['browse.detail'] }] }
}

/** Other touchpoints; a ready-made name would no longer be true. */
export const withTouchpoints = (step: EventStep, ids: string[]): EventStep => ({
  events: step.events,
  where: [{ field: 'touchpoint', in: ids }, ...step.where.filter((one) => fieldOf(one) !== 'touchpoint')],
})

export const fieldOf = (one: Condition): string => ('field' in one ? one.field : `prop:${one.prop}`)

/** How a condition asks: for any of some values, for none of them, or for a number between bounds. */
export const hows = ['in', 'not', 'number'] as const
export type How = (typeof hows)[number]

export const howOf = (one: Condition): How => ('in' in one ? (one.not ? 'not' : 'in') : 'number')

/** The same field asked in another way; numbers are asked of properties alone. */
export function withHow(one: Condition, how: How): Condition {
  if (how === 'number') return 'prop' in one ? { prop: one.prop } : one
  return conditionOf(fieldOf(one), conditionTexts(one), how)
}

/** A bound taken away or set; the other one stays. */
export function withBound(one: Condition, bound: 'atLeast' | 'atMost', value: number | null): Condition {
  if ('in' in one) return one
  const { [bound]: _, ...rest } = one
  return value === null ? rest : { ...rest, [bound]: value }
}

export const conditionTexts = (one: Condition): string[] => ('in' in one ? [...new Set(one.in.map(String))] : [])

/** What is typed may stand in the events as text, as a number or as yes and no: all that it may be counts. */
export function conditionOf(field: string, values: readonly string[], how: 'in' | 'not' = 'in'): Condition {
  const not = how === 'not' && { not: true }
  if (!field.startsWith('prop:')) return { field: field as 'channel', in: [...values], ...not }
  const read = (text: string): (string | number | boolean)[] => {
    const number = text.trim() === '' ? Number.NaN : Number(text)
    if (String(number) === text) return [text, number]
    return text === 'true' || text === 'false' ? [text, text === 'true'] : [text]
  }
  return { prop: field.slice(5), in: values.flatMap(read), ...not }
}
