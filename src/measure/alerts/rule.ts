import type { z } from 'zod'
import { type RuleDraft, ruleDraft } from '../../core/alert-rule.ts'
import { fail, ok, type Problem, type Result } from '../../core/result.ts'
import type { FindWatch } from './watch.ts'

export type Rule = RuleDraft & { id: string }

/** A draft whose parts go together, or what does not. */
export function checkRule(draft: RuleDraft, find: FindWatch): Result<RuleDraft> {
  const watch = find(draft.watch)
  if (!watch) return fail(unwatchable)
  if (!draft.whole && draft.by.length === 0) return fail(wrong('by', 'no series is left to watch'))
  if (!draft.by.every((by) => watch.by.includes(by))) return fail(wrong('by', 'what is watched cannot be divided so'))
  if ('behaviour' in watch && Object.values(draft.where).some((one) => one.length > 0))
    return fail(wrong('where', 'what is watched is not narrowed; name the segments under "by"'))
  if (draft.judge.kind === 'learnt' && watch.unit === 'mean')
    return fail(wrong('judge', 'a mean is judged by a level or against the week before'))
  if (draft.judge.kind === 'threshold' && watch.unit === 'share' && draft.judge.level > 1)
    return fail(wrong('judge.level', 'a share lies between 0 and 1'))
  return ok(draft)
}

/** There is nothing of that name, or it cannot be watched. */
export const unwatchable: Problem = {
  code: 'bad_rule',
  message: 'nothing of this name can be watched; of your own indicators, shares and means that are not retired can',
  where: 'watch',
}

const wrong = (where: string, message: string): Problem => ({ code: 'bad_rule', message, where })

const builtin = (id: string, draft: z.input<typeof ruleDraft>): Rule => ({ id, ...ruleDraft.parse(draft) })

/** What every tenant is watched for until somebody decides otherwise. */
export const builtinRules: readonly Rule[] = [
  builtin('payment-failures', {
    watch: 'payment_failures',
    by: ['channel', 'category', 'merchant'],
    step: 'hour',
  }),
  builtin('new-customer-payments', { watch: 'behaviour.new_customer_payment_failures', step: 'minutes' }),
  builtin('payments', { watch: 'payments', by: ['channel'], step: 'hour', direction: 'down' }),
  builtin('orders', { watch: 'orders', by: ['category', 'merchant'], step: 'day', direction: 'down' }),
  builtin('late-answers', { watch: 'late_answers', by: ['merchant', 'category'], step: 'hour' }),
  builtin('late-deliveries', { watch: 'late_deliveries', by: ['merchant', 'city'], step: 'day' }),
  builtin('late-installations', { watch: 'late_installations', by: ['merchant', 'city'], step: 'day' }),
  builtin('cancellations', { watch: 'cancellations', by: ['category', 'merchant'], step: 'day' }),
  builtin('returns', { watch: 'returns', by: ['category', 'product'], step: 'day' }),
  builtin('negative-voices', { watch: 'negative_voices', by: ['category', 'merchant'], step: 'day' }),
  builtin('complaints', { watch: 'complaints', by: ['category', 'merchant'], step: 'hour' }),
  builtin('negative-mentions', { watch: 'negative_mentions', by: ['aspect'], step: 'day' }),
  builtin('csat', { watch: 'indicator.csat', by: ['merchant'], step: 'day', direction: 'down' }),
  builtin('rage-clicks', { watch: 'behaviour.rage_clicks', step: 'hour' }),
  builtin('repeated-orders', { watch: 'behaviour.repeated_orders', by: ['merchant'], step: 'hour' }),
  builtin('frequent-cancels', { watch: 'behaviour.frequent_cancels', by: ['category'], step: 'day' }),
]

const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
const stepsMs: Readonly<Record<Rule['step'], number>> = { minutes: HOUR_MS / 6, hour: HOUR_MS, day: DAY_MS }
export const stepMsOf = (one: Pick<Rule, 'step'>): number => stepsMs[one.step]
/** How long after its last alarm an incident is not over yet, and a new alarm belongs to it. */
export const gapOf = (one: Pick<Rule, 'step'>): number => (one.step === 'day' ? 3 * DAY_MS : DAY_MS)
