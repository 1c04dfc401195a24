import { openTicket } from '../act/tickets.ts'
import { localDay } from '../core/clock.ts'
import { eventKindOf } from '../core/event-names.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { touchpoints } from '../core/touchpoint.ts'
import type { Words } from '../core/words.ts'
import type { Step } from '../measure/funnels/definition.ts'
import type { Core } from './core.ts'
import type { createLive, LiveSpan } from './live.ts'

/** Whoever runs the shop's pages looks into it first. */
const OWNER = 'software'

/** A ticket for the step at which a funnel is stuck now; one a day for each step. */
export function createLiveTicket(core: Core, live: ReturnType<typeof createLive>) {
  const { stores, tenancy, changes } = core
  return async (
    tenant: TenantId,
    asked: { funnel?: string; span: LiveSpan },
    { actor, now }: { actor: string; now: number },
  ): Promise<Result<{ id: string }>> => {
    const found = await live(tenant, asked, now)
    if (!found.ok) return found
    const { id, funnel, figures, asOf } = found.value
    const trouble = figures?.trouble
    if (!figures || !trouble || asOf === null)
      return fail({ code: 'no_trouble', message: 'no step is below what is usual now' })
    const [from, to] = [funnel.steps[trouble.step]!, funnel.steps[trouble.step + 1]!].map(stepWords) as [Words, Words]
    const at = figures.steps[trouble.step]!
    const [now100, usual100] = [percent(at.went?.value), percent(at.usualWent?.value)]
    const [worst] = trouble.places
    const { zone, settings } = await tenancy.find(tenant)
    const made = await openTicket(stores.db, tenant, {
      findingId: `live:${id}:${trouble.step}:${localDay(asOf, zone)}`,
      title: {
        zh: `实时 · “${from.zh}”到“${to.zh}”只有 ${now100}，平常 ${usual100}${worst ? `；${worst.value} 最重` : ''}`,
        en: `Live · “${from.en}” to “${to.en}” is ${now100}, usually ${usual100}${worst ? `; worst at ${worst.value}` : ''}`,
      },
      department: OWNER,
      actor,
      now,
      firstAnswerWithinMs: settings.firstAnswerMinutes * 60_000,
      closeWithinMs: settings.closeHours * 3_600_000,
    })
    changes.publish(tenant, ['tickets'])
    return ok({ id: made.id })
  }
}

const percent = (value: number | null | undefined): string =>
  typeof value === 'number' ? `${(100 * value).toFixed(1)}%` : '—'

const orderWords: Readonly<Record<string, Words>> = {
  placed: { zh: '下单', en: 'Order placed' },
  delivered: { zh: '签收', en: 'Delivered' },
  returned: { zh: '退货', en: 'Returned' },
  cancelled: { zh: '取消', en: 'Cancelled' },
}

function stepWords(step: Step): Words {
  if ('order' in step) return orderWords[step.order] ?? { zh: step.order, en: step.order }
  const [event] = step.events
  const kind = event === undefined ? undefined : eventKindOf(event)
  if (kind) return { zh: kind.zh, en: kind.en }
  const [place] = step.where.flatMap((one) => ('field' in one && one.field === 'touchpoint' ? one.in : []))
  const name = event ?? place ?? step.label ?? ''
  const known = touchpoints.find((one) => one.id === place)
  return known ? { zh: known.zh, en: known.en } : { zh: name, en: name }
}
