import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AlertList, TenantRule } from '../../../src/http/shapes.ts'
import { useAlertRules, useSnoozeRule, useUnmute, useWake } from '../../api/alerts.ts'
import { Card } from '../../parts/Card.tsx'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'

interface RowProps {
  what: React.ReactNode
  until: number | null
  by?: string
  wake: () => void
  busy: boolean
}

function Row({ what, until, by, wake, busy }: RowProps) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const refusal = useWriteRefusal()
  return (
    <li className="alert-rule">
      <div className="said">
        <span>{what}</span>
        <p className="aux">
          {until === null ? t('alerts.restForever') : t('alerts.rest', { time: moment(until) })}
          {by && ` · ${by}`}
        </p>
      </div>
      <Button size="small" disabled={refusal !== null} loading={busy} onClick={wake}>
        {t('alerts.hearAgain')}
      </Button>
    </li>
  )
}

function RestingRule({ of, name }: { of: TenantRule; name: string }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const why = useRefused()
  const snooze = useSnoozeRule({ tenant: tenant.id }, of.rule.id)
  const failed = { onError: (error: Error) => void message.error(why(error, t('state.server'))) }
  return (
    <Row
      what={`${t('alerts.restRule')} · ${of.rule.name || name}`}
      until={of.snoozedUntil}
      by={of.changedBy}
      busy={snooze.isPending}
      wake={() => snooze.mutate(null, failed)}
    />
  )
}

/** All that nobody is told of for the time being, and how to hear of it again. */
export function Resting({ of }: { of: AlertList }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { lang } = useFormat()
  const { message } = App.useApp()
  const why = useRefused()
  const where = { tenant: tenant.id }
  const { data } = useAlertRules(where)
  const unmute = useUnmute(where)
  const wake = useWake(where)
  const failed = { onError: (error: Error) => void message.error(why(error, t('state.server'))) }
  const now = Date.now()
  const snoozed = of.open.filter((one) => (one.snoozedUntil ?? 0) > now)
  const rules = data?.rules.filter((one) => (one.snoozedUntil ?? 0) > now) ?? []
  const n = of.mutes.length + snoozed.length + rules.length
  if (n === 0) return null
  return (
    <Card title={t('alerts.resting', { n: count(n) })} help={t('alerts.restingHelp')}>
      <ul>
        {snoozed.map((one) => (
          <Row
            key={one.id}
            what={<Go to={`/alerts/${encodeURIComponent(one.id)}`}>{one.headline[lang]}</Go>}
            until={one.snoozedUntil}
            busy={wake.isPending}
            wake={() => wake.mutate(one.id, failed)}
          />
        ))}
        {of.mutes.map((one) => (
          <Row
            key={`${one.ruleId} ${one.dimension} ${one.segment}`}
            what={`${t('alerts.restSeries')} · ${one.name[lang]} · ${one.label[lang]}`}
            until={one.until}
            by={one.by}
            busy={unmute.isPending}
            wake={() => unmute.mutate({ rule: one.ruleId, dimension: one.dimension, segment: one.segment }, failed)}
          />
        ))}
        {rules.map((one) => (
          <RestingRule key={one.rule.id} of={one} name={one.watched?.[lang] ?? one.rule.watch} />
        ))}
      </ul>
    </Card>
  )
}
