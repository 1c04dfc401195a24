import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Finding, JourneyTouchpoint } from '../../../src/http/shapes.ts'
import { useMakeTicket, useTicketOfTouchpoint } from '../../api/actions.ts'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { Go, useGo } from '../../shell/Go.tsx'
import { useNames, useSurroundings } from '../../shell/surroundings.tsx'

/** Who mends it, what is on their desk already, and the way to put it there. */
export function Owner({ of, findings }: { of: JourneyTouchpoint; findings: readonly Finding[] }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const names = useNames()
  const go = useGo()
  const refusal = useWriteRefusal()
  const refused = useRefused()
  const ofFinding = useMakeTicket({ tenant: tenant.id })
  const ofTouchpoint = useTicketOfTouchpoint({ tenant: tenant.id })
  // The finding that comes first carries the evidence; where none is left without a ticket, the touchpoint itself is sent.
  const finding = findings.find((one) => !one.ticketId)
  const owner = finding?.owner ?? of.owner
  const error = ofFinding.error ?? ofTouchpoint.error
  const send = async () => {
    const made = await (finding ? ofFinding.mutateAsync(finding.id) : ofTouchpoint.mutateAsync(of.id))
    go({ to: '/tickets', ask: { ticket: made.id } })
  }
  return (
    <section className="owner">
      <h3>{t('journey.owner')}</h3>
      <p className="row spread">
        <b>{owner ? names.department(owner) : t('journey.noOwner')}</b>
        {of.openTickets.length > 0 ? (
          <Go to="/tickets" ask={{ ticket: of.openTickets[0] }} className="pill line">
            {t('journey.tickets', { count: of.openTickets.length })}
          </Go>
        ) : (
          <span className="aux">{t('journey.noTickets')}</span>
        )}
      </p>
      {error && <Alert type="error" showIcon title={refused(error, t('journey.refused'))} />}
      <Button
        type="primary"
        block
        disabled={refusal !== null || !owner}
        loading={ofFinding.isPending || ofTouchpoint.isPending}
        onClick={() => void send().catch(() => {})}
      >
        {t('journey.makeTicket')}
      </Button>
      <p className="aux">{refusal ?? (owner && t('journey.makeTicketHelp', { owner: names.department(owner) }))}</p>
    </section>
  )
}
