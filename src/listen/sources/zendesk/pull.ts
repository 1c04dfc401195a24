import { fail, ok, type Result } from '../../../core/result.ts'
import { isObject, type JsonObject, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import type { Json } from '../../decode/json.ts'
import type { Item } from '../../source/item.ts'
import type { Pull } from '../../source/source.ts'
import { readPart } from './read.ts'

type Get = (path: string) => Promise<Result<Json>>

/** Tickets of one page, each with a request for its comments: Zendesk allows 10 pages of the export a minute. */
const PER_PAGE = 50
/** Comments come 100 at a time; longer tickets than this many pages are cut, and say so. */
const COMMENT_PAGES = 20

/**
 * Zendesk's incremental ticket export, by cursor (developer.zendesk.com, “Incremental exports”): tickets that changed, each with its
 * comments and, where there is one, its satisfaction rating. Tickets come again as they change; their parts keep their ids.
 */
export const pull: Pull = {
  settings: [
    {
      id: 'subdomain',
      zh: '子域名',
      en: 'Subdomain',
      hint: { zh: 'https://子域名.zendesk.com 中的那一段', en: 'the first part of https://SUBDOMAIN.zendesk.com' },
    },
    { id: 'email', zh: '管理员邮箱', en: 'E-mail of an administrator' },
    { id: 'token', zh: 'API 令牌', en: 'API token', secret: true },
    {
      id: 'since',
      zh: '从哪天起',
      en: 'From which day',
      optional: true,
      hint: {
        zh: '如 2026-01-01；不填则从最早的工单开始',
        en: 'such as 2026-01-01; from the first ticket on without it',
      },
    },
  ],
  everyMinutes: 5,
  async page({ cursor, settings, get, context }) {
    const address = addressOf(settings.subdomain)
    if (!address.ok) return address
    const start = startOf(settings.since)
    if (!start.ok) return start
    const login = Buffer.from(`${settings.email ?? ''}/token:${settings.token ?? ''}`).toString('base64')
    const ask: Get = (path) => get(`${address.value}${path}`, { authorization: `Basic ${login}` })
    const from = cursor === undefined ? `start_time=${start.value}` : `cursor=${encodeURIComponent(cursor)}`
    const page = await ask(`/api/v2/incremental/tickets/cursor.json?per_page=${PER_PAGE}&${from}`)
    if (!page.ok) return page
    const next = textAt(page.value, 'after_cursor') ?? cursor
    if (!Array.isArray(valueAt(page.value, 'tickets')) || next === undefined)
      return unexpected('tickets and after_cursor')
    const items: Item[] = []
    for (const ticket of objectsAt(page.value, 'tickets')) {
      const whole = await withComments(ticket, ask)
      if (!whole.ok) return whole
      items.push(...readPart(whole.value, context))
    }
    return ok({ items, cursor: next, more: valueAt(page.value, 'end_of_stream') === false })
  },
}

function addressOf(subdomain: string | undefined): Result<string> {
  const name = subdomain?.trim().toLowerCase() ?? ''
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) return ok(`https://${name}.zendesk.com`)
  return fail({
    code: 'setting_invalid',
    message: `“${subdomain ?? ''}” is not a subdomain of Zendesk.`,
    remedy: 'Enter only the first part of the address: shop for https://shop.zendesk.com.',
    where: 'subdomain',
  })
}

function startOf(since: string | undefined): Result<number> {
  if (since === undefined || since.trim() === '') return ok(0)
  const ms = /^\d{4}-\d\d-\d\d$/.test(since.trim()) ? Date.parse(since.trim()) : Number.NaN
  if (!Number.isNaN(ms)) return ok(ms / 1_000)
  return fail({
    code: 'setting_invalid',
    message: `“${since}” is not a day.`,
    remedy: 'Write it as 2026-01-01.',
    where: 'since',
  })
}

/** A ticket as a part to read, with its comments, the roles of their authors, and its rating with the time it was given. */
async function withComments(ticket: JsonObject, ask: Get): Promise<Result<JsonObject>> {
  const id = textAt(ticket, 'id')
  if (textAt(ticket, 'status') === 'deleted' || id === undefined || !/^\d+$/.test(id)) return ok({ ticket })
  const comments: JsonObject[] = []
  const users: JsonObject = {}
  let after = ''
  for (let n = 0; n < COMMENT_PAGES; n++) {
    const page = await ask(`/api/v2/tickets/${id}/comments.json?include=users&page[size]=100${after}`)
    if (!page.ok) return page
    comments.push(...objectsAt(page.value, 'comments'))
    for (const user of objectsAt(page.value, 'users')) users[textAt(user, 'id') ?? ''] = textAt(user, 'role') ?? ''
    const cursor = textAt(page.value, 'meta.after_cursor')
    if (valueAt(page.value, 'meta.has_more') !== true || cursor === undefined) break
    after = `&page[after]=${encodeURIComponent(cursor)}`
  }
  const rating = await ratingOf(ticket, ask)
  if (!rating.ok) return rating
  return ok({ ticket: { ...ticket, comments, satisfaction_rating: rating.value }, users })
}

async function ratingOf(ticket: JsonObject, ask: Get): Promise<Result<Json>> {
  const rating = objectAt(ticket, 'satisfaction_rating')
  const id = textAt(rating, 'id')
  if (!rating || id === undefined || !/^\d+$/.test(id)) return ok(rating ?? null)
  const answer = await ask(`/api/v2/satisfaction_ratings/${id}.json`)
  if (!answer.ok) return answer
  const found = valueAt(answer.value, 'satisfaction_rating')
  return isObject(found) ? ok({ ...rating, ...found }) : unexpected('a satisfaction_rating')
}

const unexpected = (what: string): Result<never> =>
  fail({
    code: 'answer_unexpected',
    message: `Zendesk’s answer does not hold ${what}.`,
    remedy: 'Look whether the subdomain is right.',
  })
