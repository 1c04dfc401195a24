import { currencyOf, minorOf, wholeNumber } from '../../decode/money.ts'
import { happened } from '../../happenings/happened.ts'
import { namedAs } from '../../happenings/names.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'
import type { Request } from './lines.ts'

const ROBOT = /bot\b|crawl|spider|slurp|bingpreview|facebookexternalhit|curl\/|wget\/|python-requests|monitor|uptime/i
const FILE = /\.(?:css|js|mjs|map|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|eot|mp4|webm|mp3|xml|txt|json)$/i

/** A tracking call of Matomo, or an ordinary page; files, robots and failures are counted and left. */
export function itemsOf(request: Request): Item[] {
  const [path = '', query = ''] = splitOnce(request.target, '?')
  if (/(?:^|\/)(?:piwik|matomo)\.php$/i.test(path)) return trackedItems(new URLSearchParams(query), request)
  if (request.userAgent && ROBOT.test(request.userAgent)) return [{ skipped: because('robot') }]
  if (FILE.test(path)) return [{ skipped: because('page_file') }]
  if (request.method !== undefined && request.method !== 'GET')
    return [{ skipped: because('other_method', { method: request.method }) }]
  if (request.status !== undefined && request.status >= 300)
    return [{ skipped: because('not_shown', { status: request.status }) }]
  return [
    {
      event: {
        ...happened('page_viewed'),
        at: request.at,
        props: { path: readable(path), host: request.host, referrer: withoutQuery(request.referrer) },
      },
    },
  ]
}

const splitOnce = (text: string, at: string): string[] => {
  const place = text.indexOf(at)
  return place < 0 ? [text] : [text.slice(0, place), text.slice(place + 1)]
}

/** A path as people read it, where its bytes are UTF-8; else with its bytes written as %XX. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path).slice(0, 2_000)
  } catch {
    return path.slice(0, 2_000)
  }
}

/** Queries carry addresses and tokens of persons. */
const withoutQuery = (url: string | undefined): string | undefined => url?.split(/[?#]/)[0]?.slice(0, 2_000)

/** What a tracking call says, by which of its parameters is there. */
function trackedItems(query: URLSearchParams, { at }: Request): Item[] {
  const text = (name: string) => {
    const value = query.get(name)?.trim()
    return value ? value.slice(0, 2_000) : undefined
  }
  if (text('ping') === '1') return [{ skipped: because('sign_of_life') }]
  const words = text('search')
  const { name, touchpoint, raw } = namedAs(nameOf(text))
  const about = { at, customerRef: text('uid') }
  const currency = currencyOf(text('ec_currency'))
  const revenue = text('revenue')
  return [
    {
      event: {
        ...about,
        name,
        touchpoint,
        session: text('_id') ?? text('cid'),
        orderId: text('ec_id'),
        productId: text('_pks'),
        props: {
          title: text('action_name'),
          url: withoutQuery(text('url')),
          referrer: withoutQuery(text('urlref')),
          query: words,
          results: numberOf(text('search_count')),
          goal: text('idgoal'),
          // The currency is the site's setting and not sent; the amount is kept as it is written.
          revenue: numberOf(revenue),
          total_minor: revenue && currency ? wholeNumber(minorOf(revenue, currency)) : undefined,
          category: text('e_c'),
          label: text('e_n'),
          value: numberOf(text('e_v')),
          link: withoutQuery(text('link') ?? text('download')),
          site: text('idsite'),
          event_raw: raw,
        },
      },
    },
    ...(words === undefined ? [] : [{ voice: { ...about, kind: 'search_term' as const, text: words } }]),
  ]
}

function nameOf(text: (name: string) => string | undefined): string {
  if (text('search') !== undefined) return 'searched'
  if (text('ec_id') !== undefined) return 'order_completed'
  if (text('idgoal') === '0' && text('ec_items') !== undefined) return 'cart_updated'
  if (text('idgoal') !== undefined && text('idgoal') !== '0') return 'goal_reached'
  if (text('_pks') !== undefined) return 'product_viewed'
  if (text('e_a') !== undefined) return text('e_a')!
  if (text('link') !== undefined || text('download') !== undefined) return 'clicked'
  return 'page_viewed'
}

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && Number.isFinite(Number(text)) ? Number(text) : undefined
