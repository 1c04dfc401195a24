import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { AlertList } from '../../../src/http/shapes.ts'
import { call } from '../../api/client.ts'
import { Card } from '../../parts/Card.tsx'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'

/** How many incidents stand on the overview, the most urgent first. */
const SHOWN = 3

/** What is being watched and went too far: the open incidents, each with where and since when. */
export function OpenAlerts() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { moment } = useFormat()
  const { said } = useNames()
  const { data } = useQuery({
    queryKey: ['alerts', tenant.id],
    queryFn: ({ signal }) => call<AlertList>('/alerts', { tenant: tenant.id }, { signal }),
  })
  if (!data) return null
  const open = data.open.filter((one) => one.snoozedUntil === null && !one.falseAlarm)
  const merged = open.reduce((sum, one) => sum + one.series.length, 0)
  return (
    <Card
      title={t('overview.alerts')}
      className={open.length > 0 ? 'urgent' : 'calm'}
      end={
        open.length > 0 && (
          <Go to="/alerts">{t('overview.alertsOpen', { n: count(open.length), series: count(merged) })}</Go>
        )
      }
    >
      {open.length === 0 ? (
        <p className="dense">
          {t('overview.noAlerts')}
          <br />
          <span className="aux">{t('overview.noAlertsHelp', { n: count(data.series) })}</span>
        </p>
      ) : (
        <ul className="due">
          {open.slice(0, SHOWN).map((one) => (
            <li key={one.id} className="alert-line">
              <Go to={`/alerts/${one.id}`} className="plain">
                <span className="name">{said(one.name)}</span>
              </Go>
              <span className="aux num">{moment(one.since)}</span>
              <span className="aux">{said(one.headline)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
