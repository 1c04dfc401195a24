import { isObject, type JsonObject, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import type { Json } from '../../decode/json.ts'

/**
 * A ticket event of the incremental export (developer.zendesk.com, “Incremental exports”) as the audit that it comes from: the same changes,
 * each with its field as a name of its own (`"status": "solved"`), and comments where the export was asked for them (`comment_events`).
 */
export function auditOf(event: JsonObject): JsonObject {
  const seconds = valueAt(event, 'timestamp')
  return {
    id: event.id ?? null,
    ticket_id: event.ticket_id ?? null,
    author_id: event.updater_id ?? null,
    created_at: event.created_at ?? (typeof seconds === 'number' ? new Date(seconds * 1_000).toISOString() : null),
    via: viaOf(event.via),
    events: objectsAt(event, 'child_events').map(childOf),
  }
}

function childOf(child: JsonObject): JsonObject {
  const type = textAt(child, 'event_type') ?? textAt(child, 'type') ?? '?'
  if (type === 'Comment') return { ...child, type, via: viaOf(child.via) }
  const field = Object.keys(child).find((key) => !ABOUT.has(key))
  return {
    id: child.id ?? null,
    type,
    field_name: field ?? null,
    value: (field && child[field]) ?? null,
    previous_value: child.previous_value ?? null,
  }
}

/** What a child event tells of itself; what is left is the field that changed. */
const ABOUT = new Set('id via via_reference_id event_type type previous_value audit_id created_at'.split(' '))

/** The way in is a word here (`Mail`, `Web form`), an object elsewhere. */
function viaOf(via: Json | undefined): Json {
  if (via === undefined || isObject(via)) return via ?? null
  const word = String(via).toLowerCase()
  return { channel: word === 'mail' ? 'email' : word }
}
