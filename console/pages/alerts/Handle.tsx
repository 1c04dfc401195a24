import { App, Button, Dropdown, Input } from 'antd'
import { ChevronDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { IncidentDetail } from '../../../src/http/shapes.ts'
import { type Handling, useAlerts, useAlertTicket, useHandle, useMerge } from '../../api/alerts.ts'
import { Card } from '../../parts/Card.tsx'
import { useKept } from '../../parts/Kept.tsx'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'

const HOUR_MS = 3_600_000
const snoozes = [4, 24, 168] as const

/** What a person does with an incident; each of it goes on record with the note. */
export function Handle({ of }: { of: IncidentDetail }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const names = useNames()
  const { value: note, set: setNote } = useKept(`incident ${of.id}`, '')
  const refusal = useWriteRefusal()
  const why = useRefused()
  const handle = useHandle({ tenant: tenant.id }, of.id)
  const ticket = useAlertTicket({ tenant: tenant.id }, of.id)
  const merge = useMerge({ tenant: tenant.id }, of.id)
  const { lang } = useFormat()
  const open = useAlerts({ tenant: tenant.id }).data?.open ?? []
  const others = open.filter((one) => one.id !== of.id && one.ticketId === null)
  const isOpen = open.some((one) => one.id === of.id)
  const off = refusal !== null
  const told = {
    onSuccess: () => {
      setNote('')
      void message.success(t('alerts.done'))
    },
    onError: (error: Error) => void message.error(why(error, t('state.server'))),
  }
  const go = (what: Handling) => handle.mutate({ ...what, note: note.trim() } as Handling, told)
  const snoozed = of.snoozedUntil !== null && of.snoozedUntil > Date.now()
  const { ruleId: rule, dimension, segment } = of.chart
  return (
    <Card title={t('alerts.handle')} help={`${t('alerts.owner')} ${names.department(of.owner)}`}>
      <div className="stack tight">
        <Input.TextArea
          rows={2}
          maxLength={500}
          value={note}
          disabled={off}
          aria-label={t('ticket.note')}
          placeholder={t('ticket.note')}
          onChange={(event) => setNote(event.target.value)}
        />
        <div className="row wrap">
          {of.ticketId ? (
            <Go to="/tickets" ask={{ ticket: of.ticketId }}>
              {t('alerts.toTicket')}
            </Go>
          ) : (
            <Button
              type="primary"
              disabled={off}
              loading={ticket.isPending}
              onClick={() => ticket.mutate(undefined, told)}
            >
              {t('alerts.ticket')}
            </Button>
          )}
          {!of.acknowledgedBy && (
            <Button disabled={off} onClick={() => go({ what: 'acknowledge' })}>
              {t('alerts.acknowledge')}
            </Button>
          )}
          {snoozed ? (
            <Button disabled={off} onClick={() => go({ what: 'wake' })}>
              {t('alerts.wake')}
            </Button>
          ) : (
            <Dropdown
              disabled={off}
              trigger={['click']}
              menu={{
                items: snoozes.map((hours) => ({ key: hours, label: t(`alerts.snoozes.h${hours}`) })),
                onClick: ({ key }) => go({ what: 'snooze', until: Date.now() + Number(key) * HOUR_MS }),
              }}
            >
              <Button>
                {t('alerts.snooze')}
                <ChevronDown size={14} aria-hidden />
              </Button>
            </Dropdown>
          )}
          {isOpen && others.length > 0 && (
            <Dropdown
              disabled={off}
              trigger={['click']}
              menu={{
                items: others.map((one) => ({ key: one.id, label: one.headline[lang] })),
                onClick: ({ key }) => merge.mutate({ other: key, note: note.trim() }, told),
              }}
            >
              <Button>
                {t('alerts.merge')}
                <ChevronDown size={14} aria-hidden />
              </Button>
            </Dropdown>
          )}
          <Button disabled={off} onClick={() => go({ what: 'mute', rule, dimension, segment })}>
            {t('alerts.mute')}
          </Button>
          <Button disabled={off} onClick={() => go({ what: of.falseAlarm ? 'true_alarm' : 'false_alarm' })}>
            {t(of.falseAlarm ? 'alerts.trueAlarm' : 'alerts.falseAlarm')}
          </Button>
        </div>
        {refusal && <p className="aux">{refusal}</p>}
      </div>
    </Card>
  )
}
