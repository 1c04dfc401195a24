import { Check, CircleHelp, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Effect } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { Interval } from '../../parts/Interval.tsx'
import { ends, scaleOver } from '../../parts/scale.ts'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, dayOf, level, levelText, signed } from '../../words/format.ts'
import { toneOfEffect } from './tone.ts'

/** Both groups before and after, and what is left when one change is taken from the other. */
export function DidTable({ of }: { of: Effect }) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const { treated, control, effect } = of.proof
  const rows = [
    { key: 'treated', name: t('effect.treated'), arm: treated },
    { key: 'control', name: t('effect.controlGroup'), arm: control },
  ]
  return (
    <Card title={t('effect.did')}>
      <table className="plain num">
        <thead>
          <tr>
            <th />
            <th scope="col" className="to-right">
              {t('effect.before')}
            </th>
            <th scope="col" className="to-right">
              {t('effect.after')}
            </th>
            <th scope="col" className="to-right">
              {t('effect.change')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, arm }) => (
            <tr key={key}>
              <th scope="row">
                {name}
                <br />
                {t('effect.products', { n: count(arm.products) })} ·{' '}
                {t('figure.n', { n: count(arm.before.n + arm.after.n) })}
              </th>
              <td className="to-right">{levelText(arm.before.value, 'share')}</td>
              <td className="to-right">{levelText(arm.after.value, 'share')}</td>
              <td className="to-right">{arm.change === null ? '—' : signed(arm.change, 'share')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="aux">{t('effect.changeHow')}</p>
      {effect && (
        <div className="net">
          <div className="row spread">
            <span>{t('effect.netEffect')}</span>
            <b className={`num ${toneOfEffect(effect)}`}>{signed(effect.value, 'share')}</b>
          </div>
          <Interval of={effect} scale={scaleOver(ends([effect]), [0])} tone={toneOfEffect(effect)} reference={0} />
          <div className="row spread aux num">
            <span>{t('figure.interval', { range: range(effect.low, effect.high, 'share') })}</span>
            <span>{t('effect.p', { p: effect.p < 0.001 ? '< 0.001' : effect.p.toFixed(3) })}</span>
          </div>
        </div>
      )}
    </Card>
  )
}

export function Checks({ of }: { of: Effect }) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  if (of.proof.checks.length === 0) return null
  return (
    <Card title={t('effect.checks')}>
      <ul className="checks">
        {of.proof.checks.map((check) => {
          const Icon = check.ok === null ? CircleHelp : check.ok ? Check : TriangleAlert
          const tone = check.ok === null ? 'unsure' : check.ok ? 'good' : 'gold'
          return (
            <li key={check.id} className="dense">
              <Icon size={15} strokeWidth={1.75} className={tone} aria-hidden />
              <span>{check[lang]}</span>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

export function Facts({ of }: { of: Effect }) {
  const { t } = useTranslation()
  const { day, zone } = useFormat()
  const names = useNames()
  const products = of.productIds.map(names.product)
  const shown = products.slice(0, 2).join(' · ')
  return (
    <Card title={t('effect.facts')}>
      <dl className="fact">
        {of.findingId && (
          <>
            <dt>{t('effect.from')}</dt>
            <dd>
              <Go to={`/findings/${encodeURIComponent(of.findingId)}`}>{t('overview.see')}</Go>
            </dd>
          </>
        )}
        <dt>{t('effect.what')}</dt>
        <dd>{names.said(of.what)}</dd>
        <dt>{t('effect.when')}</dt>
        <dd>{day(dayOf(of.at, zone))}</dd>
        <dt>{t('effect.scope')}</dt>
        <dd title={products.join('\n')}>
          {[names.category(of.category), t('effect.products', { n: count(products.length) })]
            .filter(Boolean)
            .join(' · ')}
          <br />
          <span className="aux">
            {shown}
            {products.length > 2 && ' …'}
          </span>
        </dd>
        <dt>{t('effect.margin')}</dt>
        <dd>{t('effect.marginValue', { value: level(of.margin, 'share') })}</dd>
        {of.proof.censored > 0 && (
          <>
            <dt>{t('effect.censored')}</dt>
            <dd>{t('effect.censoredHelp', { n: count(of.proof.censored) })}</dd>
          </>
        )}
      </dl>
    </Card>
  )
}

export function Method({ of }: { of: Effect }) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  return (
    <Card title={t('effect.method')}>
      <p className="dense soft">{of.proof.method[lang]}</p>
    </Card>
  )
}
