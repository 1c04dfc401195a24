import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Ticket } from '../../../src/http/shapes.ts'
import { useTickets } from '../../api/queries.ts'
import { validSearch } from '../../api/search.ts'
import { Clock, deadlineOf } from '../../parts/Clock.tsx'
import { Answer, Message } from '../../parts/states.tsx'
import { Go, useAsking } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useAddress, useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { TicketDrawer } from './TicketDrawer.tsx'
import './tickets.css'

const states = ['open', 'answered', 'closed'] as const

/** The nearest deadline first; what is closed comes last, the newest first. */
function byUrgency(a: Ticket, b: Ticket): number {
  const [due, other] = [deadlineOf(a)?.due, deadlineOf(b)?.due]
  if (due !== undefined && other !== undefined) return due - other
  if (due !== undefined) return -1
  return other !== undefined ? 1 : (b.closedAt ?? 0) - (a.closedAt ?? 0)
}

function Row({ of }: { of: Ticket }) {
  const { t } = useTranslation()
  const { moment, duration } = useFormat()
  const names = useNames()
  const here = useAddress()
  const late = of.closedAt !== null ? of.closedAt - of.closeDueAt : 0
  return (
    <li>
      <Go
        to="/tickets"
        ask={{ ticket: of.id, state: here.state }}
        className={here.ticket === of.id ? 'ticket here' : 'ticket'}
      >
        <span className="what">
          <span className="name">{names.said(of.title)}</span>
          <span className="aux num">
            {names.department(of.department)} · {t('ticket.createdAt', { time: moment(of.createdAt) })}
          </span>
        </span>
        <span className={of.state === 'open' ? 'pill now' : 'pill'}>{t(`ticket.${of.state}`)}</span>
        <span className="due-at">
          {of.state === 'closed' ? (
            <span className="aux num">
              {late > 0 ? t('ticket.tooLate', { time: duration(late) }) : t('ticket.inTime')}
            </span>
          ) : (
            <Clock of={of} />
          )}
        </span>
      </Go>
    </li>
  )
}

function List({ of }: { of: readonly Ticket[] }) {
  const { t } = useTranslation()
  const ask = useAsking()
  const asked = useAddress().state
  const state = states.find((one) => one === asked)
  const shown = of.filter((ticket) => !state || ticket.state === state).sort(byUrgency)
  const options = states.map((value) => ({
    value: value as string,
    label: `${t(`ticket.${value}`)} ${count(of.filter((ticket) => ticket.state === value).length)}`,
  }))
  return (
    <section className="card">
      <header>
        <div className="scroll">
          <Segmented
            size="small"
            value={state ?? ''}
            aria-label={t('finding.state')}
            onChange={(value) => ask((search) => validSearch({ ...search, state: value }), { replace: true })}
            options={[{ value: '', label: `${t('ticket.all')} ${count(of.length)}` }, ...options]}
          />
        </div>
      </header>
      <div className="body">
        {shown.length === 0 ? (
          <Message picture="horizon" title={t('ticket.none')} help={t('ticket.noneHelp')}>
            <Go to="/findings">{t('effect.toFindings')}</Go>
          </Message>
        ) : (
          <ul className="tickets">
            {shown.map((ticket) => (
              <Row key={ticket.id} of={ticket} />
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}

export default function Tickets() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const tickets = useTickets({ tenant: tenant.id })
  return (
    <Page title={t('ticket.title')}>
      <Answer of={tickets} what={t('ticket.title')} cards={[8]}>
        {(data) => <List of={data.tickets} />}
      </Answer>
      <TicketDrawer />
    </Page>
  )
}
