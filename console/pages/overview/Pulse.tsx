import { useTranslation } from 'react-i18next'
import type { Overview } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { Polarity } from '../../parts/Polarity.tsx'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count, levelText, shortDay } from '../../words/format.ts'

/** Voices a day, the negative ones at the foot of each bar. A bar leads to that day's voices. */
export function Pulse({ of }: { of: Overview }) {
  const { t } = useTranslation()
  const { live } = useSurroundings()
  const names = useNames()
  const { day, range } = useFormat()
  const { perDay, total, negative } = of.voices
  const share = levelText(negative.value, 'share')
  const most = Math.max(1, ...perDay.map((one) => one.total))
  const summary = t('overview.pulseSummary', {
    from: day(of.period.from),
    to: day(of.period.to),
    total: count(total),
    share,
  })
  return (
    <Card
      className="pulse-card"
      title={
        <span className="row">
          <i className={live ? 'pulse-dot' : 'pulse-dot off'} title={t(live ? 'shell.live' : 'shell.offline')} />
          {t('overview.pulse')}
        </span>
      }
      end={<Go to="/voices">{t('overview.seeVoices')}</Go>}
    >
      <div className="row spread wrap">
        <Go to="/voices" className="plain">
          <b className="pulse-total num">{count(total)}</b> <span className="soft">{t('overview.pulseVoices')}</span>
        </Go>
        <Go to="/voices" ask={{ sentiment: ['negative'] }} className="plain dense num">
          <Polarity of="negative" word={t('overview.pulseNegative', { share })} />
        </Go>
      </div>
      {negative.low !== null && negative.high !== null && (
        <p className="aux num pulse-sure">
          {t('figure.interval', { range: range(negative.low, negative.high, 'share') })} ·{' '}
          {t('overview.pulseRead', { n: count(negative.n) })}
        </p>
      )}
      <figure className="pulse" aria-label={summary}>
        {perDay.map((one) => (
          <Go
            key={one.day}
            to="/voices"
            ask={{ from: one.day, to: one.day }}
            title={`${day(one.day)} · ${count(one.total)} · ${names.polarity('negative')} ${count(one.negative)}`}
            aria-label={`${day(one.day)} ${count(one.total)}`}
          >
            <i style={{ height: `${((one.total - one.negative) / most) * 100}%` }} />
            <i className="negative" style={{ height: `${(one.negative / most) * 100}%` }} />
          </Go>
        ))}
      </figure>
      <div className="row spread aux num">
        <span>{perDay[0] && shortDay(perDay[0].day)}</span>
        <span>
          {t('overview.pulsePerDay')} {count(total / Math.max(1, perDay.length))}
        </span>
        <span>{perDay.length > 0 && shortDay(perDay.at(-1)!.day)}</span>
      </div>
    </Card>
  )
}
