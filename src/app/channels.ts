import { randomBytes } from 'node:crypto'
import {
  addChannel,
  type Channel,
  changeChannel,
  dropChannel,
  findChannel,
  listChannels,
  type Telling,
} from '../act/notify/channels.ts'
import type { Mailbox } from '../act/notify/email/mailbox.ts'
import { checkMailbox } from '../act/notify/email/send.ts'
import { findWay, ways } from '../act/notify/list.ts'
import { lastPostings, postOnce, tryAgain } from '../act/notify/outbox.ts'
import type { Address, Way } from '../act/notify/way.ts'
import { checkTarget } from '../core/reach/reach.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { digestOf, lastWholeDay } from './alerts/digest.ts'
import { digestMessage, testMessage } from './alerts/telling.ts'
import type { Alerts } from './alerts.ts'
import { aboutOf, awakeOf, startNews, toldOf } from './channels/news.ts'
import { startPost } from './channels/post.ts'
import type { Core } from './core.ts'
import { type Seal, sealFor } from './seal.ts'

export interface ChannelWish {
  way: string
  name: string
  /** Where requests go; empty for a mail server. */
  url: string
  mailbox?: Mailbox | undefined
  /** The secret that the other side gave, where it gives one. */
  secret: string
  telling: Telling
}

const MOST_CHANNELS = 20

/** Where a tenant has alerts and digests sent, and what became of them. */
export function createChannels(core: Core, secret: string, alerts: Pick<Alerts, 'incidents'>) {
  const { db } = core.stores
  const seal = sealFor('channel', secret)
  const post = startPost(core, seal)
  const news = startNews(core, alerts, post.wake)

  async function list(tenant: TenantId) {
    const channels = await listChannels(db, tenant)
    return Promise.all(
      channels.map(async ({ sealed, ...channel }) => ({
        ...channel,
        host: hostOf(sealed, seal),
        postings: (await lastPostings(db, tenant, channel.id)).map(({ message, ...posting }) => ({
          ...{ news: message.id, type: message.type, title: message.title },
          ...{ state: posting.state, attempts: posting.attempts, madeAt: posting.madeAt },
          ...{ nextAt: posting.nextAt, doneAt: posting.doneAt, problem: posting.problem },
        })),
      })),
    )
  }

  /** Problems: `way_unknown`, `too_many_channels`, those of an address. The secret is told this once, where it is ours. */
  async function make(
    tenant: TenantId,
    wish: ChannelWish,
    { actor, now }: { actor: string; now: number },
  ): Promise<Result<{ id: string; secret: string | null }>> {
    const way = findWay(wish.way)
    if (!way) return fail({ code: 'way_unknown', message: `nothing is sent by "${wish.way}"`, where: 'way' })
    const ours = way.secret === 'ours' ? `whsec_${randomBytes(24).toString('base64')}` : null
    const address = await addressOf(way, wish, { secret: ours ?? wish.secret.trim(), allowed: core.config.allow ?? [] })
    if (!address.ok) return address
    if ((await listChannels(db, tenant)).length >= MOST_CHANNELS)
      return fail({ code: 'too_many_channels', message: `there are ${MOST_CHANNELS} channels already` })
    const id = randomBytes(9).toString('base64url')
    const sealed = seal.close(JSON.stringify(address.value))
    const { name, telling } = wish
    await addChannel(db, tenant, { id, way: way.id, name, sealed, telling, createdBy: actor, createdAt: now })
    changed(tenant)
    return ok({ id, secret: ours })
  }

  async function change(
    tenant: TenantId,
    id: string,
    to: { telling?: Telling | undefined; paused?: boolean | undefined },
  ): Promise<boolean> {
    const done = await changeChannel(db, tenant, id, to)
    if (done) changed(tenant)
    return done
  }

  /** Sends something at once, whatever the hour: a test, or the digest of the last whole day that was judged. */
  async function sendNow(tenant: TenantId, id: string, what: 'test' | 'digest', now: number): Promise<boolean> {
    const channel = await findChannel(db, tenant, id)
    if (!channel) return false
    const about = await aboutOf(core, tenant)
    const told = { ...toldOf(about, channel), now }
    const message = what === 'test' ? testMessage(told) : await latestDigest(tenant, about.zone, told)
    await postOnce(db, { tenant, channel: id, message, now })
    await post.wake()
    return true
  }

  async function latestDigest(tenant: TenantId, zone: string, told: ReturnType<typeof toldOf> & { now: number }) {
    const { views, round } = await alerts.incidents(tenant, told.now)
    const day = lastWholeDay(round?.judgedUntil ?? told.now, zone)
    const days = { from: day, to: day }
    const message = digestMessage(digestOf(awakeOf(views, told.now), days, zone), { ...told, ...days })
    // Asked for by hand, it is another message than the one of that morning.
    return { ...message, id: `${message.id}:${told.now}` }
  }

  async function again(tenant: TenantId, channel: string, news: string, now: number): Promise<boolean> {
    const done = await tryAgain(db, tenant, { channel, news, now })
    if (done) await post.wake()
    return done
  }

  async function remove(tenant: TenantId, id: string): Promise<boolean> {
    const done = await dropChannel(db, tenant, id)
    if (done) changed(tenant)
    return done
  }

  const changed = (tenant: TenantId) => core.changes.publish(tenant, ['channels'])

  return {
    ways: () =>
      ways.map((way) => {
        const { id, zh, en, hint, secret } = way
        return { id, zh, en, hint, secret, to: 'mail' in way ? ('mailbox' as const) : ('url' as const) }
      }),
    list,
    make,
    change,
    sendNow,
    again,
    remove,
    /** Looks at once for what is to be told, and sends what is due. */
    async tell(tenant: TenantId, now: number): Promise<void> {
      await news.look(tenant, now)
      await post.wake()
      await post.run(() => now)
    },
    async close(): Promise<void> {
      await news.stop()
      await post.stop()
    },
  }
}

/** Where a new channel leads, looked up once so that what cannot be reached is said at once. */
async function addressOf(
  way: Way,
  { url, mailbox }: ChannelWish,
  { secret, allowed }: { secret: string; allowed: readonly string[] },
): Promise<Result<Address>> {
  if (!('mail' in way)) {
    const target = await checkTarget(url, allowed)
    return target.ok ? ok({ url, secret }) : fail({ ...target.problem, where: 'url' })
  }
  if (!mailbox) return fail({ code: 'mailbox_missing', message: 'e-mail needs a mail server', where: 'mailbox' })
  const target = await checkMailbox(mailbox, allowed)
  return target.ok ? ok({ mailbox, secret }) : fail({ ...target.problem, where: 'mailbox.host' })
}

/** The host alone: the rest of a robot's address is its key, and who gets mail is nobody else's business. */
function hostOf(sealed: Channel['sealed'], seal: Seal): string {
  const opened = seal.open(sealed)
  if (opened === null) return ''
  const address = JSON.parse(opened) as Address
  return 'mailbox' in address ? address.mailbox.host : new URL(address.url).host
}
