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

export const conditionTexts = (one: Condition): string[] => ('in' in one ? [...new Set(one.in.map(String))] : [])

/** What is typed may stand in the events as text, as a number or as yes and no: all that it may be counts. */
export function conditionOf(field: string, values: readonly string[]): Condition {
  if (!field.startsWith('prop:')) return { field: field as 'channel', in: [...values] }
  const read = (text: string): (string | number | boolean)[] => {
    const number = text.trim() === '' ? Number.NaN : Number(text)
    if (String(number) === text) return [text, number]
    return text === 'true' || text === 'false' ? [text, text === 'true'] : [text]
  }
  return { prop: field.slice(5), in: values.flatMap(read) }
}
