import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { FunnelStepDefinition, Live, LiveFigures } from '../../../src/http/shapes.ts'
import { useLiveTicket } from '../../api/funnels.ts'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { Go, useGo } from '../../shell/Go.tsx'
import { useAddress, useSurroundings } from '../../shell/surroundings.tsx'

/** The event that says most surely that somebody came to a touchpoint. */
const arrivals: Readonly<Record<string, string>> = {
  'browse.search': 'searched',
  'browse.detail': 'product_viewed',
  'trade.cart': 'product_added',
  'trade.checkout': 'checkout_started',
  'trade.pay': 'payment_succeeded',
}

/** What an alert would have to count to see that a step is reached less often. */
function watchOf(step: FunnelStepDefinition): string | null {
  if ('order' in step) return step.order === 'placed' ? 'orders' : null
  const [place] = step.where.flatMap((one) => ('field' in one && one.field === 'touchpoint' ? one.in : []))
  const event = step.events[0] ?? arrivals[place ?? '']
  if (event === undefined) return null
  return event === 'payment_succeeded' ? 'payments' : `event.${event}`
}

/** From what is stuck now to a rule that tells of it next time, or to those who mend it. */
export function ActOn({ of, trouble }: { of: Live; trouble: NonNullable<LiveFigures['trouble']> }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { funnel } = useAddress()
  const { message } = App.useApp()
  const go = useGo()
  const refusal = useWriteRefusal()
  const why = useRefused()
  const ticket = useLiveTicket({ tenant: tenant.id })
  const watch = watchOf(of.funnel.steps[trouble.step + 1]!)
  const by = trouble.places[0]?.by ?? ''
  const send = () =>
    ticket.mutate(
      { funnel, span: of.span },
      {
        onSuccess: ({ id }) => go({ to: '/tickets', ask: { ticket: id } }),
        onError: (error: Error) => void message.error(why(error, t('state.server'))),
      },
    )
  return (
    <div className="row wrap">
      <Button type="primary" disabled={refusal !== null} loading={ticket.isPending} onClick={send}>
        {t('live.toTicket')}
      </Button>
      {watch && (
        <Go to="/alerts" ask={{ tab: 'rules', focus: `new|${watch}|${by}` }}>
          {t('live.toAlert')}
        </Go>
      )}
      {refusal && <span className="aux">{refusal}</span>}
    </div>
  )
}
