import { useTranslation } from 'react-i18next'
import type { Ticket } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { Clock } from '../../parts/Clock.tsx'
import { Go } from '../../shell/Go.tsx'
import { useNames } from '../../shell/surroundings.tsx'

export function DueTickets({ of }: { of: Ticket[] }) {
  const { t } = useTranslation()
  const names = useNames()
  return (
    <Card
      title={t('overview.due')}
      className={of.length > 0 ? 'urgent' : 'calm'}
      end={<Go to="/tickets">{t('overview.allTickets')}</Go>}
    >
      {of.length === 0 ? (
        <p className="dense">
          {t('overview.noneDue')}
          <br />
          <span className="aux">{t('overview.noneDueHelp')}</span>
        </p>
      ) : (
        <ul className="due">
          {of.map((ticket) => (
            <li key={ticket.id}>
              <Go to="/tickets" ask={{ ticket: ticket.id }} className="plain">
                <span className="name">{names.said(ticket.title)}</span>
                <span className="row spread wrap">
                  <span className="aux">{names.department(ticket.department)}</span>
                  <Clock of={ticket} />
                </span>
              </Go>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
