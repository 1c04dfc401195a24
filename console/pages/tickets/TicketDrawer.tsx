import { Alert, App, Button, Drawer, Input, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket, TicketDetail } from '../../../src/http/shapes.ts'
import { useMoveTicket } from '../../api/actions.ts'
import { useTicket } from '../../api/queries.ts'
import { validSearch } from '../../api/search.ts'
import { Clock } from '../../parts/Clock.tsx'
import { useKept } from '../../parts/Kept.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { Answer } from '../../parts/states.tsx'
import { Go, useAsking } from '../../shell/Go.tsx'
import { useAddress, useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { zh } from '../../words/zh.ts'

type State = Ticket['state']
const moves: Record<State, { to: State; words: 'answer' | 'closeIt' | 'reopen' }[]> = {
  open: [
    { to: 'answered', words: 'answer' },
    { to: 'closed', words: 'closeIt' },
  ],
  answered: [
    { to: 'closed', words: 'closeIt' },
    { to: 'open', words: 'reopen' },
  ],
  closed: [{ to: 'open', words: 'reopen' }],
}

function Moves({ of }: { of: TicketDetail }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const { value: note, set: setNote } = useKept(`ticket ${of.id}`, '')
  const [missing, setMissing] = useState(false)
  const move = useMoveTicket({ tenant: tenant.id }, of.id)
  const refused = useWriteRefusal()
  const go = (to: State) => {
    setMissing(note.trim() === '')
    if (note.trim() === '') return
    move.mutate(
      { to, note: note.trim() },
      {
        onSuccess: () => {
          setNote('')
          void message.success(t('ticket.moved'))
        },
      },
    )
  }
  return (
    <div className="moves">
      <label htmlFor="ticket-note">
        <span className="dense">{t('ticket.note')}</span>
        <Input.TextArea
          id="ticket-note"
          rows={3}
          maxLength={2000}
          value={note}
          status={missing ? 'error' : undefined}
          placeholder={t('ticket.notePlaceholder')}
          disabled={refused !== null}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      {missing && (
        <p className="aux bad" role="alert">
          {t('ticket.needNote')}
        </p>
      )}
      {move.error && <Alert type="error" title={move.error.message || t('state.unreachable')} />}
      <div className="row wrap">
        {moves[of.state].map(({ to, words }, i) => (
          <Tooltip key={to} title={refused}>
            <Button
              type={i === 0 && of.state !== 'closed' ? 'primary' : 'default'}
              disabled={refused !== null}
              loading={move.isPending}
              onClick={() => go(to)}
            >
              {t(`ticket.${words}`)}
            </Button>
          </Tooltip>
        ))}
      </div>
      {refused && <p className="aux">{refused}</p>}
    </div>
  )
}

function History({ of }: { of: TicketDetail }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const stateName = (state: string) => (state in zh.finding.inTicket ? t(`ticket.${state as State}`) : state)
  const changes = [...of.changes].sort((a, b) => b.at - a.at)
  return (
    <section>
      <h3>{t('ticket.history')}</h3>
      <ol className="history">
        {changes.map((change) => (
          <li key={`${change.at}-${change.to}`}>
            <p className="aux num">{moment(change.at)}</p>
            <p className="dense">
              {change.from === '' || change.from === change.to
                ? t('ticket.made', { actor: change.actor })
                : t('ticket.movedTo', { actor: change.actor, to: stateName(change.to) })}
            </p>
            {change.note && <p className="note dense">{change.note}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Detail({ of }: { of: TicketDetail }) {
  const { t } = useTranslation()
  const { moment, exactMoment } = useFormat()
  const names = useNames()
  const touchpoint = of.findingId?.startsWith('touchpoint:') ? of.findingId.slice('touchpoint:'.length) : ''
  return (
    <div className="ticket-detail">
      <h2>{names.said(of.title)}</h2>
      <p className="row wrap">
        <span className={of.state === 'open' ? 'pill now' : 'pill'}>{t(`ticket.${of.state}`)}</span>
        <Clock of={of} />
      </p>
      <dl className="fact">
        <dt>{t('ticket.department')}</dt>
        <dd>{names.department(of.department)}</dd>
        <dt>{t('ticket.created')}</dt>
        <dd className="num">
          {moment(of.createdAt)} · {t('ticket.by', { name: of.createdBy })}
        </dd>
        <dt>{t('ticket.firstAnswer')}</dt>
        <dd className="num">
          {of.firstAnsweredAt
            ? t('ticket.answeredAt', { time: exactMoment(of.firstAnsweredAt) })
            : exactMoment(of.firstAnswerDueAt)}
        </dd>
        <dt>{t('ticket.close')}</dt>
        <dd className="num">
          {of.closedAt ? t('ticket.closedAt', { time: exactMoment(of.closedAt) }) : exactMoment(of.closeDueAt)}
        </dd>
        {of.findingId && (
          <>
            <dt>{t(touchpoint ? 'ticket.touchpoint' : 'ticket.finding')}</dt>
            <dd>
              {touchpoint ? (
                <Go to="/journey" ask={{ focus: touchpoint }}>
                  {names.touchpoint(touchpoint)}
                </Go>
              ) : (
                <Go to={`/findings/${encodeURIComponent(of.findingId)}`}>{t('overview.see')}</Go>
              )}
            </dd>
          </>
        )}
      </dl>
      <Moves of={of} />
      <History of={of} />
    </div>
  )
}

/** The ticket that the address names, beside the list. */
export function TicketDrawer() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const ask = useAsking()
  const { ticket: id = '' } = useAddress()
  const ticket = useTicket(id, { tenant: tenant.id })
  const fits = ticket.data?.id === id ? ticket : { ...ticket, data: undefined }
  const close = () => ask((search) => validSearch({ ...search, ticket: undefined }))
  return (
    <Drawer
      title={t('ticket.title')}
      open={id !== ''}
      onClose={close}
      size={420}
      mask={false}
      destroyOnHidden
      rootClassName="ticket-drawer"
    >
      {id !== '' && (
        <Answer of={fits} what={t('ticket.title')} cards={[6]}>
          {(data) => <Detail key={data.id} of={data} />}
        </Answer>
      )}
    </Drawer>
  )
}
