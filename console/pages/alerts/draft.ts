import type { AlertRuleDraft, AlertRules, TenantRule } from '../../../src/http/shapes.ts'

/** A kept rule as what its editor changes. */
export const draftOf = ({ id: _, ...draft }: TenantRule['rule']): AlertRuleDraft => draft

/** What anything that is counted can be divided by; some of what is watched allows fewer. */
export const eventBy = ['category', 'merchant', 'city', 'channel', 'product', 'customer'] as const

/** What each way of judging begins with. */
export const judgeOf = {
  learnt: { kind: 'learnt' },
  threshold: { kind: 'threshold', level: 0.1 },
  change: { kind: 'change', percent: 30 },
} as const satisfies Record<string, AlertRuleDraft['judge']>

/** A mean has no run of its own that is learnt: it is set against the week before, unless a level is chosen. */
export const judgeFor = (
  unit: AlertRules['watchable'][number]['unit'] | undefined,
  judge: AlertRuleDraft['judge'],
): AlertRuleDraft['judge'] => (unit === 'mean' && judge.kind === 'learnt' ? judgeOf.change : judge)
