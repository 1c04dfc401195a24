import { App, Button, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ModuleNote, ModuleReview } from '../../../src/http/shapes.ts'
import { useDropNote } from '../../api/modules.ts'
import { Card } from '../../parts/Card.tsx'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import { Go } from '../../shell/Go.tsx'
import { useOpened } from '../../shell/opened.ts'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { NoteForm } from './NoteForm.tsx'

function Note({ module, of }: { module: ModuleReview; of: ModuleNote }) {
  const { t } = useTranslation()
  const { days, exactMoment } = useFormat()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const names = useNames()
  const refusal = useWriteRefusal()
  const refused = useRefused()
  const drop = useDropNote({ tenant: tenant.id }, module.id)
  const told = { onError: (error: Error) => void message.error(refused(error, t('modules.refused'))) }
  const ticketOf = (id: string) => module.tickets.find((one) => one.id === id)
  return (
    <li>
      <h3>{t('modules.noteOf', { period: days({ from: of.from, to: of.to }) })}</h3>
      <p className="aux num">{t('modules.by', { author: of.author, time: exactMoment(of.at) })}</p>
      {of.text && <p className="text">{of.text}</p>}
      {of.decisions.length > 0 && (
        <>
          <h4 className="aux">{t('modules.decisions')}</h4>
          <ul className="points dense">
            {of.decisions.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
      {of.ticketIds.length > 0 && (
        <>
          <h4 className="aux">{t('modules.actions')}</h4>
          <ul className="points dense">
            {of.ticketIds.map((id) => {
              const ticket = ticketOf(id)
              return (
                <li key={id}>
                  <Go to="/tickets" ask={{ ticket: id }}>
                    {ticket ? names.said(ticket.title) : `#${id}`}
                  </Go>
                  {ticket && (
                    <span className="aux">
                      {' '}
                      {names.department(ticket.department)} · {t(`ticket.${ticket.state}`)}
                    </span>
                  )}
                </li>
              )
            })}
          </ul>
        </>
      )}
      <Popconfirm
        title={t('modules.dropNoteSure')}
        okText={t('modules.drop')}
        cancelText={t('modules.cancel')}
        onConfirm={() => drop.mutate(of.id, told)}
      >
        <Button size="small" type="text" className="no-print" disabled={refusal !== null} loading={drop.isPending}>
          {t('modules.dropNote')}
        </Button>
      </Popconfirm>
    </li>
  )
}

/** What the reviews of the module came to, and the way to write down this one. */
export function Notes({ of }: { of: ModuleReview }) {
  const { t } = useTranslation()
  const { days } = useFormat()
  const refusal = useWriteRefusal()
  const form = useOpened('form')
  return (
    <Card
      title={t('modules.notes')}
      end={
        <Button
          size="small"
          type="primary"
          className="no-print"
          disabled={refusal !== null}
          title={refusal ?? undefined}
          onClick={() => form.open('note')}
        >
          {t('modules.writeNote')}
        </Button>
      }
    >
      {of.notes.length === 0 && <p className="aux">{t('modules.noNotes')}</p>}
      {refusal && <p className="aux no-print">{refusal}</p>}
      <ul className="module-notes">
        {of.notes.map((one) => (
          <Note key={one.id} module={of} of={one} />
        ))}
      </ul>
      <Sheet
        title={t('modules.noteOf', { period: days(of.period) })}
        open={form.opened === 'note' && refusal === null}
        close={form.close}
      >
        <NoteForm of={of} close={form.close} />
      </Sheet>
    </Card>
  )
}
