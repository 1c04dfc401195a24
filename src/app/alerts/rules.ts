import { randomUUID } from 'node:crypto'
import { type KeptRule, keepRule, listKeptRules } from '../../act/alerts/rules.ts'
import type { RuleDraft } from '../../core/alert-rule.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Words } from '../../core/words.ts'
import type { Unwatchable, WatchBook } from '../../measure/alerts/own-watch.ts'
import { builtinRules, checkRule, type Rule, unwatchable } from '../../measure/alerts/rule.ts'
import type { Core } from '../core.ts'
import { watchBookOf } from './watchable.ts'

/** A rule with what a tenant made of it. */
export interface TenantRule {
  rule: Rule
  builtin: boolean
  /** Steps before it are not judged: the rule, or the indicator that it watches, was another one then. Null for all there are. */
  judgedFrom: number | null
  /** Why it cannot be judged at present, whether or not it is switched on; null where it can. */
  rests: Unwatchable | null
  /** What is watched, by name; null where it is there no more. */
  watched: Words | null
  snoozedUntil: number | null
  changedBy: string
  changedAt: number | null
}

const MOST_RULES = 200

/** The rules of a tenant: the built-in ones as it has them, and its own. */
export function createAlertRules(core: Core) {
  const { db } = core.stores

  async function list(tenant: TenantId): Promise<TenantRule[]> {
    const [kept, book] = await Promise.all([listKeptRules<RuleDraft>(db, tenant), watchBookOf(core, tenant)])
    const byId = new Map(kept.map((one) => [one.id, one]))
    const builtin = builtinRules.map((rule) => dressed(rule, byId.get(rule.id), { builtin: true, book }))
    const known = new Set(builtinRules.map(({ id }) => id))
    const own = kept.filter((one) => !known.has(one.id) && !one.gone)
    return [...builtin, ...own.map((one) => dressed({ id: one.id, ...one.body }, one, { builtin: false, book }))]
  }

  const find = async (tenant: TenantId, id: string): Promise<TenantRule | undefined> =>
    (await list(tenant)).find((one) => one.rule.id === id)

  /** A new rule, or another body for one that is there. It judges what comes from now on; what was before, the preview has shown. */
  async function save(
    tenant: TenantId,
    id: string | null,
    body: RuleDraft,
    { actor, now }: { actor: string; now: number },
  ): Promise<Result<TenantRule>> {
    const book = await watchBookOf(core, tenant)
    const checked = checkRule(body, book.find)
    if (!checked.ok) return checked
    if (body.owner !== '' && !core.departments.has(body.owner))
      return fail({ code: 'unknown_owner', message: `there is no department "${body.owner}"`, where: 'owner' })
    const rules = await list(tenant)
    const before = id === null ? undefined : rules.find((one) => one.rule.id === id)
    if (id !== null && !before) return fail(unknown(id))
    // A rule that rests can be switched off; a new one must have something to watch.
    if (before?.rule.watch !== body.watch && book.whyNot(body.watch)) return fail(unwatchable)
    if (id === null && rules.length >= MOST_RULES)
      return fail({ code: 'too_many_rules', message: `there are ${MOST_RULES} rules already` })
    const name = id ?? `own-${randomUUID().slice(0, 8)}`
    // Switching a rule on or off, or giving it another owner, does not make it another question.
    const judgedFrom = before && sameQuestion(before.rule, body) ? before.judgedFrom : now
    const kept = { body, judgedFrom, snoozedUntil: before?.snoozedUntil ?? null, gone: false, actor, now }
    await keepRule(db, tenant, name, kept)
    return ok((await find(tenant, name))!)
  }

  async function remove(tenant: TenantId, id: string, actor: string, now: number): Promise<Result<null>> {
    const before = await find(tenant, id)
    if (!before) return fail(unknown(id))
    if (before.builtin)
      return fail({
        code: 'builtin_rule',
        message: 'a built-in rule cannot be taken away',
        remedy: 'Switch it off instead.',
      })
    const { id: _, ...body } = before.rule
    const { judgedFrom, snoozedUntil } = before
    await keepRule(db, tenant, id, { body, judgedFrom, snoozedUntil, gone: true, actor, now })
    return ok(null)
  }

  async function snooze(
    tenant: TenantId,
    id: string,
    until: number | null,
    { actor, now }: { actor: string; now: number },
  ): Promise<Result<TenantRule>> {
    const before = await find(tenant, id)
    if (!before) return fail(unknown(id))
    const { id: _, ...body } = before.rule
    await keepRule(db, tenant, id, {
      body,
      judgedFrom: before.judgedFrom,
      snoozedUntil: until,
      gone: false,
      actor,
      now,
    })
    return ok((await find(tenant, id))!)
  }

  return { list, find, save, remove, snooze }
}

const unknown = (id: string) => ({ code: 'not_found', message: `there is no rule ${id} here` })

function dressed(
  usual: Rule,
  kept: KeptRule<RuleDraft> | undefined,
  { builtin, book }: { builtin: boolean; book: WatchBook },
): TenantRule {
  const rule = kept ? { ...usual, ...kept.body } : usual
  const watch = book.find(rule.watch)
  return {
    rule,
    builtin,
    judgedFrom: Math.max(kept?.judgedFrom ?? 0, book.definedAt(rule.watch) ?? 0) || null,
    rests: book.whyNot(rule.watch),
    watched: watch ? { zh: watch.zh, en: watch.en } : null,
    snoozedUntil: kept?.snoozedUntil ?? null,
    changedBy: kept?.changedBy ?? '',
    changedAt: kept?.changedAt ?? null,
  }
}

const questionOf = ({ watch, whole, by, where, step, judge, direction, minVolume, minChange }: RuleDraft) =>
  JSON.stringify([watch, whole, by, where, step, judge, direction, minVolume, minChange])

const sameQuestion = (one: RuleDraft, other: RuleDraft): boolean => questionOf(one) === questionOf(other)
