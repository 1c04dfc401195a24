import { type Channel, listChannels } from '../../act/notify/channels.ts'
import { broughtAlready, postOnce } from '../../act/notify/outbox.ts'
import type { Message } from '../../act/notify/way.ts'
import { addDays, isBetweenHours, localDay, localHour } from '../../core/clock.ts'
import type { TenantId } from '../../core/tenant.ts'
import { mondayOf } from '../../measure/slice.ts'
import { digestOf } from '../alerts/digest.ts'
import { digestMessage, incidentMessage } from '../alerts/telling.ts'
import type { IncidentView } from '../alerts/view.ts'
import type { Alerts } from '../alerts.ts'
import type { Core } from '../core.ts'

const EVERY_MS = 60_000
const HOUR_MS = 3_600_000

/**
 * Looks what is to be told to each channel, after every round of the watch and by the clock, and puts it into the outbox. What it finds is a
 * function of what is on record and of the hour: found again after a crash, or by another process, it is in the outbox already.
 */
export function startNews(core: Core, alerts: Pick<Alerts, 'incidents'>, wake: () => void) {
  const { stores, changes, log } = core
  let closed = false
  let running: Promise<unknown> = Promise.resolve()
  const stop = changes.subscribe(null, (what, tenant) => {
    if (what.includes('alerts')) queue(tenant)
  })
  const clock = setInterval(() => void everyone(), EVERY_MS).unref()

  async function everyone(): Promise<void> {
    const rows = await stores.db
      .selectFrom('channels')
      .select('tenant')
      .distinct()
      .execute()
      .catch(() => [])
    for (const { tenant } of rows) queue(tenant as TenantId)
  }

  function queue(tenant: TenantId): void {
    running = running
      .then(() => (closed ? undefined : look(tenant, Date.now())))
      .catch((error: Error) => closed || log(`looking for news of ${tenant} failed: ${error.message}`))
  }

  async function look(tenant: TenantId, now: number): Promise<void> {
    const channels = (await listChannels(stores.db, tenant)).filter(({ paused }) => !paused)
    if (channels.length === 0) return
    const [about, { views, round }] = await Promise.all([aboutOf(core, tenant), alerts.incidents(tenant, now)])
    for (const channel of channels) {
      const { quiet } = channel.telling
      if (quiet && isBetweenHours(now, quiet, about.zone)) continue
      const told = { ...toldOf(about, channel), now }
      const messages = newIncidents(channel, views).map((one) => incidentMessage(one, told))
      const days = round && digestDays(channel, about.zone, now)
      if (days) messages.push(digestMessage(digestOf(awakeOf(views, now), days, about.zone), { ...told, ...days }))
      await bring(tenant, channel, messages, now)
    }
  }

  async function bring(tenant: TenantId, channel: Channel, messages: readonly Message[], now: number): Promise<void> {
    const news = messages.map(({ id }) => id)
    const known = await broughtAlready(stores.db, tenant, channel.id, news)
    const fresh = messages.filter(({ id }) => !known.has(id))
    for (const message of fresh) await postOnce(stores.db, { tenant, channel: channel.id, message, now })
    if (fresh.length > 0) wake()
  }

  return {
    look,
    async stop(): Promise<void> {
      closed = true
      stop()
      clearInterval(clock)
      await running
    },
  }
}

/** Incidents that came on record since the channel is there, and of which their rule would tell now. */
function newIncidents({ telling, createdAt }: Channel, views: readonly IncidentView[]): IncidentView[] {
  if (!telling.incidents) return []
  return views.filter(
    (one) => one.told && one.state === 'open' && !one.past && !one.falseAlarm && one.createdAt >= createdAt,
  )
}

/**
 * The days of the digest whose hour came last, the day or the week before; null where none was due since the channel is there. Its hour may
 * have passed while nothing ran or in quiet hours: it is due until the next one is.
 */
export function digestDays(
  { telling, createdAt }: Pick<Channel, 'telling' | 'createdAt'>,
  zone: string,
  now: number,
): { from: string; to: string } | null {
  if (telling.digest === 'none') return null
  const begun = localHour(now, zone) >= telling.hour
  const day = begun ? localDay(now, zone) : addDays(localDay(now, zone), -1)
  const due = telling.digest === 'daily' ? day : mondayOf(day)
  const whole = { from: addDays(due, telling.digest === 'daily' ? -1 : -7), to: addDays(due, -1) }
  return dueSince(createdAt, zone, telling.hour) <= due ? whole : null
}

/** The first day whose hour had not passed yet when the channel was made. */
function dueSince(createdAt: number, zone: string, hour: number): string {
  const day = localDay(createdAt, zone)
  return localHour(createdAt, zone) >= hour ? localDay(createdAt + 24 * HOUR_MS, zone) : day
}

/** What a digest speaks of: nothing that somebody snoozed, and nothing that was past when it was found. */
export const awakeOf = (views: readonly IncidentView[], now: number): IncidentView[] =>
  views.filter(({ snoozedUntil, past }) => (snoozedUntil ?? 0) <= now && !past)

export async function aboutOf({ tenancy }: Core, tenant: TenantId) {
  const [{ id, name, nameEn, zone }, simulated] = await Promise.all([tenancy.find(tenant), tenancy.isSimulated(tenant)])
  return { id, name, nameEn, zone, simulated }
}

/** Whose news it is, and how a channel has it written. */
export const toldOf = (
  { id, name, nameEn, simulated }: { id: string; name: string; nameEn: string; simulated: boolean },
  { telling: { lang, site } }: Channel,
) => ({ tenant: { id, name: lang === 'en' ? nameEn : name, simulated }, lang, site })
