import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { FindingDetail } from '../../../src/http/shapes.ts'
import { effectTone, wayOf } from '../../parts/FindingRow.tsx'
import { countedOf } from '../../parts/factor.ts'
import { holds } from '../../parts/scale.ts'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'

/** q in words for people: 0.0004 → < 0.1%. */
function chance(q: number): string {
  return q < 0.001 ? '< 0.1%' : `${(q * 100).toFixed(1)}%`
}

/** Effect, money, points of NPS, how many it touches, and how likely it is a false alarm. */
export function Facts({ of }: { of: FindingDetail }) {
  const { t } = useTranslation()
  const format = useFormat()
  const names = useNames()
  const counted = countedOf(of)
  // Where orders or ratings are counted, what was said on them is another number.
  const ofVoices = counted === 'finding.affectedVoices'
  const voices = { to: '/voices', ask: { driver: of.id, ...of.period } }
  const amount = of.money && format.money(of.money.value, of.money.currency)
  return (
    <dl className="card fact-row">
      <div>
        <dt>
          {names.outcome(of.outcome)} · {t('finding.effect')}
        </dt>
        <dd className={`big num ${effectTone(of, of.effect.value)}`}>
          {format.difference(of.effect.value, of.unit)} <small>{format.differenceUnit(of.unit)}</small>
        </dd>
        <dd className="aux num">
          {t('figure.interval', { range: format.range(of.effect.low, of.effect.high, of.unit) })}
        </dd>
      </div>
      <div>
        <dt>{t('finding.moneyMonth')}</dt>
        {of.money && amount ? (
          <>
            <dd className="big num">
              {amount.text} <small>{amount.unit}</small>
            </dd>
            <dd className="aux num">
              {t('figure.interval', { range: format.moneyRange(of.money.low, of.money.high, of.money.currency) })}
              <br />
              {t('finding.moneyHelp')}
            </dd>
          </>
        ) : (
          <dd className="soft">{t('finding.noMoney')}</dd>
        )}
      </div>
      <div>
        <dt>{t('finding.pointsAtStake')}</dt>
        {of.nps ? (
          <>
            <dd className={`big num ${holds(of.nps, 0) ? '' : effectTone({ outcome: 'nps' }, of.nps.value)}`}>
              {format.difference(of.nps.value, 'points')} <small>{format.differenceUnit('points')}</small>
            </dd>
            <dd className="aux num">
              {t('figure.interval', { range: format.range(of.nps.low, of.nps.high, 'points') })}
              <br />
              {t(`finding.pointsHelp.${wayOf(of.nps)}`)}
            </dd>
          </>
        ) : (
          <dd className="soft">{t(of.nps === null ? 'finding.noPoints' : 'finding.pointsLater')}</dd>
        )}
      </div>
      <div>
        <dt>{t('finding.affected')}</dt>
        <dd className="big num">
          {ofVoices ? (
            <Go {...voices} className="plain">
              <span className="name">{count(of.volume)}</span>
            </Go>
          ) : (
            count(of.volume)
          )}{' '}
          <small>{t(counted, { n: of.volume })}</small>
        </dd>
        {!ofVoices && (
          <dd className="aux">
            <Go {...voices}>{t('finding.voicesOnThem')}</Go>
          </dd>
        )}
        <dd className="aux num">{t('finding.before', { n: count(of.previousVolume) })}</dd>
      </div>
      <div>
        <dt>{t('finding.q')}</dt>
        <dd className="big num">
          <Tooltip title={t('finding.qHelp')}>
            <span>{chance(of.q)}</span>
          </Tooltip>
        </dd>
        <dd className="aux num">
          {t('finding.candidates', { period: format.days(of.period), n: count(of.candidates) })}
        </dd>
      </div>
    </dl>
  )
}
