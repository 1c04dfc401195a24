import { numberOf, rowOf } from '../../cells/cells.ts'
import { isObject, type JsonObject, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { timeAt } from '../../decode/times.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'
import { titled } from '../../talk/thread.ts'

/** One webhook, or one object of the API's lists (which carries no type). */
export function readCanny(document: JsonObject, zone: string): Item[] {
  const type = textAt(document, 'type')
  const object = objectAt(document, 'object')
  if (type === undefined || object === undefined) return ofList(document, zone)
  const at = timeAt(document, 'created', zone)
  switch (type) {
    case 'post.created':
      return [post(object, zone)]
    case 'comment.created':
      return [comment(object, zone)]
    case 'vote.created':
      return [vote(object, 'suggestion_voted', timeAt(object, 'created', zone))]
    case 'vote.deleted':
      return [vote(object, 'suggestion_vote_withdrawn', at)]
    case 'post.status_changed':
      return statusChanged(object, timeAt(object, 'changedAt', zone) ?? at)
    case 'post.deleted':
      return [happened('suggestion_deleted', textAt(object, 'id'), at, textAt(object, 'id'))]
    case 'comment.deleted':
      return [happened('suggestion_comment_deleted', textAt(object, 'id'), at, textAt(object, 'post.id'))]
    default:
      return [{ skipped: because('nothing_said_or_done', { what: type }) }]
  }
}

function ofList(object: JsonObject, zone: string): Item[] {
  if (isObject(object.voter)) return [vote(object, 'suggestion_voted', timeAt(object, 'created', zone))]
  if (isObject(object.changer))
    return statusChanged({ ...object, id: valueAt(object, 'post.id') ?? null }, timeAt(object, 'created', zone))
  if (valueAt(object, 'value') !== undefined) return [comment(object, zone)]
  if (valueAt(object, 'title') !== undefined) return [post(object, zone)]
  return [{ dead: { field: 'title', reason: because('not_of_system', { system: 'Canny' }) } }]
}

/** A post that an admin wrote down for a customer (`by`) is the customer's. */
function post(object: JsonObject, zone: string): Item {
  const row = rowOf(object)
  return {
    voice: {
      id: row('id'),
      kind: 'suggestion',
      ...author(object),
      text: titled(row('title'), row('details')),
      at: timeAt(object, 'created', zone),
      conversation: row('id'),
      turn: 0,
      facts: {
        board: row('board.name'),
        category: row('category.name'),
        status: row('status'),
        score: numberOf(row('score')),
        comment_count: numberOf(row('commentCount')),
        tags: tagsIn(object),
      },
    },
  }
}

function comment(object: JsonObject, zone: string): Item {
  const row = rowOf(object)
  if (valueAt(object, 'private') === true || valueAt(object, 'internal') === true)
    return { skipped: because('internal_note') }
  if (row('value') === undefined) return { skipped: because('no_words') }
  return {
    voice: {
      id: row('id'),
      kind: 'suggestion',
      ...author(object),
      text: row('value'),
      at: timeAt(object, 'created', zone),
      conversation: row('post.id'),
      facts: {
        board: row('board.name', 'post.board.name'),
        status: row('post.status'),
        likes: numberOf(row('likeCount')),
      },
    },
  }
}

function author(object: JsonObject) {
  const isStaff = valueAt(object, 'author.isAdmin') === true
  return isStaff
    ? ({ speaker: 'agent' } as const)
    : { speaker: 'customer' as const, customerRef: textAt(object, 'author.userID') ?? textAt(object, 'author.id') }
}

function vote(object: JsonObject, name: string, at: unknown): Item {
  const row = rowOf(object)
  return {
    event: {
      id: row('id') && `${name}-${row('id')}`,
      name,
      at,
      customerRef: row('voter.userID', 'voter.id'),
      props: { post: row('post.id'), score: numberOf(row('votePriority')) },
    },
  }
}

/** The new status, and what the team wrote with it. */
function statusChanged(object: JsonObject, at: unknown): Item[] {
  const row = rowOf(object)
  const id = row('id')
  const said = row('changeComment.value')
  const event = happened('suggestion_status_changed', id && `${id}-${at}`, at, id, row('status'))
  return said === undefined
    ? [event]
    : [
        event,
        {
          voice: {
            id: id && `${id}.status-${at}`,
            kind: 'suggestion',
            speaker: 'agent',
            text: said,
            at,
            conversation: id,
          },
        },
      ]
}

const happened = (name: string, id: string | undefined, at: unknown, post?: string, status?: string): Item => ({
  event: { id: id && `${name}-${id}`, name, at, props: { post, status } },
})

const tagsIn = (object: JsonObject): string | undefined =>
  objectsAt(object, 'tags')
    .map((tag) => textAt(tag, 'name'))
    .filter((name) => name !== undefined)
    .join('、') || undefined
