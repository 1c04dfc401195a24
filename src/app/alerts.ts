import { z } from 'zod'
import { closedIncidents, type IncidentPlace, listMutes } from '../act/alerts/incidents.ts'
import type { RuleDraft } from '../core/alert-rule.ts'
import { ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { FALSE_ALARMS_A_WEEK } from '../measure/alerts/rounds.ts'
import { DAY_MS } from '../measure/alerts/rule.ts'
import { createWatcher } from '../measure/alerts/watcher.ts'
import { cursorAfter, placeOf } from '../measure/cursor.ts'
import { digestOf, lastWholeDay } from './alerts/digest.ts'
import { createHandling } from './alerts/handle.ts'
import { labelsOf } from './alerts/labels.ts'
import { previewRule } from './alerts/preview.ts'
import { createAlertRules, type TenantRule } from './alerts/rules.ts'
import { periodOf, startWatch } from './alerts/run.ts'
import { createShown } from './alerts/shown.ts'
import type { IncidentView } from './alerts/view.ts'
import { watchBookOf } from './alerts/watchable.ts'
import type { Core } from './core.ts'

const WEEK_MS = 7 * DAY_MS

/** What is watched, what was found, and what people do with it. */
export function createAlerts(core: Core) {
  const { stores, tenancy, changes } = core
  const { db, analytics } = stores
  const watcher = createWatcher(analytics)
  const rules = createAlertRules(core)
  const watch = startWatch(core, watcher, rules)
  const shown = createShown(core, watcher, rules)

  async function list(tenant: TenantId, now: number) {
    const [{ views, next, round }, mutes, { zone }] = await Promise.all([
      shown.incidents(tenant, now),
      muted(tenant, now),
      tenancy.find(tenant),
    ])
    const open = views.filter(isOpen).sort((one, other) => other.urgency - one.urgency)
    const present = round?.judgedUntil ?? now
    const lately = views.filter((one) => one.foundAt > present - WEEK_MS)
    const day = lastWholeDay(present, zone)
    const digest = digestOf(views, { from: day, to: day }, zone)
    const ids = (some: readonly IncidentView[]) => some.map(({ id }) => id)
    return {
      open,
      past: views.filter((one) => !isOpen(one)).sort((one, other) => other.lastAt - one.lastAt),
      olderPast: cursorOf(next),
      mutes,
      digest: { day, found: ids(digest.found), over: ids(digest.over), open: ids(digest.open) },
      budget: {
        perHundred: FALSE_ALARMS_A_WEEK,
        perWeek: (FALSE_ALARMS_A_WEEK * (round?.series ?? 0)) / 100,
        found: lately.length,
        falseAlarms: lately.filter((one) => one.falseAlarm).length,
      },
      series: round?.series ?? 0,
      judgedUntil: round?.judgedUntil ?? null,
      ready: watch.isSettled(tenant) && round !== null,
    }
  }

  /** A page of what is over. */
  async function past(tenant: TenantId, cursor: string | undefined, now: number) {
    const after = placeOf(cursor, place, 'past incidents')
    if (!after.ok) return after
    const { incidents, next } = await closedIncidents(db, tenant, after.value)
    return ok({ past: await shown.viewAll(tenant, incidents, now), older: cursorOf(next) })
  }

  /** The series that nobody wants to hear of, by their names. */
  async function muted(tenant: TenantId, now: number) {
    const mutes = await listMutes(db, tenant, now)
    if (mutes.length === 0) return []
    const [all, label, { find }] = await Promise.all([
      rules.list(tenant),
      labelsOf(core, tenant),
      watchBookOf(core, tenant),
    ])
    return mutes.flatMap((one) => {
      const rule = all.find(({ rule }) => rule.id === one.ruleId)?.rule
      const watch = rule && find(rule.watch)
      if (!watch) return []
      return [{ ...one, name: { zh: watch.zh, en: watch.en }, label: label(one.dimension, one.segment) }]
    })
  }

  async function preview(tenant: TenantId, body: RuleDraft, now: number) {
    const [period, label, book] = await Promise.all([
      periodOf(core, tenant, now),
      labelsOf(core, tenant),
      watchBookOf(core, tenant),
    ])
    return previewRule(analytics, body, { period, book, label, now })
  }

  async function changed<T>(tenant: TenantId, result: Promise<Result<T>>): Promise<Result<T>> {
    const done = await result
    if (done.ok) {
      changes.publish(tenant, ['alerts'])
      watch.schedule(tenant)
    }
    return done
  }

  return {
    list,
    past,
    incidents: shown.incidents,
    detail: shown.detail,
    evidence: shown.evidence,
    ...createHandling(core, shown),
    preview,
    rules: {
      list: rules.list,
      watchable: async (tenant: TenantId) =>
        (await watchBookOf(core, tenant)).listed.map(({ id, zh, en, unit, by, bad, owner, own }) => ({
          ...{ id, zh, en, unit, by: [...by], bad, owner, own },
        })),
      save: (tenant: TenantId, id: string | null, body: RuleDraft, by: { actor: string; now: number }) =>
        changed<TenantRule>(tenant, rules.save(tenant, id, body, by)),
      remove: (tenant: TenantId, id: string, actor: string, now: number) =>
        changed(tenant, rules.remove(tenant, id, actor, now)),
      snooze: (tenant: TenantId, id: string, until: number | null, by: { actor: string; now: number }) =>
        changed<TenantRule>(tenant, rules.snooze(tenant, id, until, by)),
    },
    round: watch.round,
    settled: watch.settled,
    schedule: watch.schedule,
    close: watch.close,
  }
}

const isOpen = (one: IncidentView): boolean => one.state === 'open' && !one.past && !one.falseAlarm

/** The latest moment that a date can be, in epoch milliseconds. */
const LAST_MOMENT = 8.64e15
const place = z.tuple([z.number().int().min(0).max(LAST_MOMENT), z.string()])
const cursorOf = (next: IncidentPlace | null): string | null => next && cursorAfter(next)

export type Alerts = ReturnType<typeof createAlerts>
