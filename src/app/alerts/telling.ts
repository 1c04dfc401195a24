import type { Telling } from '../../act/notify/channels.ts'
import { type Message, plain } from '../../act/notify/way.ts'
import type { Words } from '../../core/words.ts'
import type { Digest } from './digest.ts'
import type { IncidentView } from './view.ts'

/** Of each part of a digest so many are named. */
const NAMED = 8

/** Whose news it is, and how it is written. */
interface Told extends Pick<Telling, 'lang' | 'site'> {
  tenant: { id: string; name: string; simulated: boolean }
  now: number
}

/** A digest of some local days as a message; its id is the days, so it is the same whoever makes it. */
export function digestMessage(
  { found, over, open }: Digest<IncidentView>,
  { from, to, ...told }: Told & { from: string; to: string },
): Message {
  const { lang, site, tenant } = told
  const whole = from === to
  const days = whole ? from : `${from} – ${to}`
  const part = (title: Words, incidents: readonly IncidentView[]): string[] => {
    const more = incidents.length - NAMED
    return [
      `**${title[lang]} ${incidents.length}**`,
      ...incidents.slice(0, NAMED).map((one) => `- ${line(one, told)}`),
      ...(more > 0 ? [`- ${{ zh: `还有 ${more} 件`, en: `${more} more` }[lang]}`] : []),
    ]
  }
  const earlier = open.filter((one) => !found.includes(one))
  const quiet = found.length + over.length + open.length === 0
  const lines = quiet
    ? [{ zh: '没有新发现、结束或进行中的异常。', en: 'Nothing was found, was over or goes on.' }[lang]]
    : [...part(words.found, found), ...part(words.over, over), ...part(words.open, earlier)]
  const all = linkTo(site, '/alerts', told)
  return {
    id: `digest:${from}:${to}`,
    type: 'alerts.digest',
    at: told.now,
    title: headed(
      { zh: `${whole ? '每日' : '每周'}告警汇总 ${days}`, en: `${whole ? 'Daily' : 'Weekly'} alert digest ${days}` },
      told,
    ),
    text: [...lines, ...(all ? [`[${{ zh: '看全部告警', en: 'All alerts' }[lang]}](${all})`] : [])].join('\n'),
    data: {
      ...{ tenant: tenant.id, simulated: tenant.simulated, from, to },
      found: found.map((one) => partsOf(one, told)),
      over: over.map((one) => partsOf(one, told)),
      open: open.map((one) => partsOf(one, told)),
    },
  }
}

/** One new incident as a message. */
export function incidentMessage(incident: IncidentView, told: Told): Message {
  return {
    id: `incident:${incident.id}`,
    type: 'alerts.incident',
    at: told.now,
    title: headed({ zh: '新告警', en: 'New alert' }, told),
    text: line(incident, told),
    data: { tenant: told.tenant.id, simulated: told.tenant.simulated, incident: partsOf(incident, told) },
  }
}

/** A message that says nothing but that it arrives. */
export function testMessage(told: Told): Message {
  return {
    id: `test:${told.now}`,
    type: 'test',
    at: told.now,
    title: headed({ zh: '试发', en: 'Test' }, told),
    text: { zh: '收到这条，就说明告警和汇总能送到这里。', en: 'If you read this, alerts and digests arrive here.' }[
      told.lang
    ],
    data: { tenant: told.tenant.id },
  }
}

const words = {
  found: { zh: '新发现', en: 'Found' },
  over: { zh: '已结束', en: 'Over' },
  open: { zh: '更早发现、仍在进行', en: 'Found earlier and still going on' },
} satisfies Record<keyof Digest<never>, Words>

const headed = (title: Words, { lang, tenant }: Told): string =>
  [
    { zh: '启明星', en: 'Daystar' }[lang],
    ...(tenant.simulated ? [{ zh: '模拟数据', en: 'simulated data' }[lang]] : []),
    title[lang],
    plain(tenant.name),
  ].join(' · ')

function line(incident: IncidentView, told: Told): string {
  const url = linkOf(incident, told)
  const said = plain(incident.headline[told.lang])
  return url ? `${said} [${{ zh: '查看', en: 'See' }[told.lang]}](${url})` : said
}

const linkOf = ({ id }: IncidentView, told: Told): string | null =>
  linkTo(told.site, `/alerts/${encodeURIComponent(id)}`, told)

function linkTo(site: string, path: string, { tenant, lang }: Told): string | null {
  if (site === '') return null
  const url = new URL(path, site)
  url.searchParams.set('tenant', tenant.id)
  url.searchParams.set('lang', lang)
  return url.toString()
}

const partsOf = (incident: IncidentView, told: Told) => ({
  ...{ id: incident.id, headline: incident.headline, since: incident.since, foundAt: incident.foundAt },
  ...{ state: incident.state, direction: incident.direction, owner: incident.owner, ticketId: incident.ticketId },
  url: linkOf(incident, told),
})
