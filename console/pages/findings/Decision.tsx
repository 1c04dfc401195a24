import { App, Button, Tooltip } from 'antd'
import { Flag, Ticket } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { FindingDetail } from '../../../src/http/shapes.ts'
import { useMakeTicket } from '../../api/actions.ts'
import { useEffects } from '../../api/queries.ts'
import { Card } from '../../parts/Card.tsx'
import { FindingState } from '../../parts/FindingRow.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { Go, useGo } from '../../shell/Go.tsx'
import { Star } from '../../shell/Mark.tsx'
import { useOpened } from '../../shell/opened.ts'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { InterventionForm } from './InterventionForm.tsx'

function Actions({ of }: { of: FindingDetail }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const names = useNames()
  const go = useGo()
  const refused = useWriteRefusal()
  const form = useOpened('form')
  const makeTicket = useMakeTicket({ tenant: tenant.id })
  const hand = () =>
    makeTicket.mutate(of.id, {
      onSuccess: (ticket) => {
        void message.success(t('finding.ticketMade', { owner: names.department(ticket.department) }))
        go({ to: '/tickets', ask: { ticket: ticket.id } })
      },
      onError: (error) => void message.error(t('state.denied', { why: error.message || t('state.unreachable') })),
    })
  return (
    <div className="actions">
      <Tooltip title={refused}>
        <Button
          type="primary"
          size="large"
          block
          disabled={refused !== null}
          icon={<Flag size={16} strokeWidth={1.75} />}
          onClick={() => form.open('intervene')}
        >
          {t('finding.intervene')}
        </Button>
      </Tooltip>
      {of.ticketId ? (
        <Button
          block
          icon={<Ticket size={16} strokeWidth={1.75} />}
          onClick={() => go({ to: '/tickets', ask: { ticket: of.ticketId! } })}
        >
          {t('finding.openTicket')}
        </Button>
      ) : (
        <Tooltip title={refused}>
          <Button
            block
            disabled={refused !== null}
            loading={makeTicket.isPending}
            icon={<Ticket size={16} strokeWidth={1.75} />}
            onClick={hand}
          >
            {t('finding.toTicket')}
          </Button>
        </Tooltip>
      )}
      {refused && <p className="aux">{refused}</p>}
      <p className="aux">{t('finding.interveneHelp')}</p>
      <InterventionForm of={of} open={form.opened === 'intervene' && refused === null} close={form.close} />
    </div>
  )
}

/** What to do about it, and who does it. */
export function Decision({ of }: { of: FindingDetail }) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const names = useNames()
  const { tenant } = useSurroundings()
  const effects = useEffects({ tenant: tenant.id })
  const owner = names.department(of.owner)
  const nameOf = (id: string) => {
    const made = effects.data?.effects.find((effect) => effect.id === id)
    return made ? names.said(made.what) : t('finding.seeEffect')
  }
  return (
    <>
      <Card
        title={
          <span className="row">
            <Star size={14} />
            {t('finding.what')}
          </span>
        }
      >
        <p className={of.advice ? 'finding-advice' : 'soft'}>{of.advice ? of.advice[lang] : t('finding.noAdvice')}</p>
        <Actions of={of} />
      </Card>
      <Card title={t('finding.who')}>
        <div className="row finding-owner">
          <i aria-hidden="true">{[...owner][0]}</i>
          <span>
            <b>{owner}</b>
            <br />
            <span className="aux">{t('finding.whoHelp')}</span>
          </span>
        </div>
        <dl className="fact">
          <dt>{t('finding.state')}</dt>
          <dd>
            <FindingState of={of} />
          </dd>
          {of.interventionIds.length > 0 && (
            <>
              <dt>{t('finding.interventions')}</dt>
              <dd>
                {of.interventionIds.map((id) => (
                  <div key={id}>
                    <Go to={`/effects/${encodeURIComponent(id)}`} title={t('finding.seeEffect')}>
                      {nameOf(id)}
                    </Go>
                  </div>
                ))}
              </dd>
            </>
          )}
        </dl>
      </Card>
    </>
  )
}
