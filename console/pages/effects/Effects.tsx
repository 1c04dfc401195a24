import { useTranslation } from 'react-i18next'
import type { Effect } from '../../../src/http/shapes.ts'
import { useEffects } from '../../api/queries.ts'
import { Card } from '../../parts/Card.tsx'
import { Interval } from '../../parts/Interval.tsx'
import { ends, type Scale, scaleOver } from '../../parts/scale.ts'
import { Answer, Message } from '../../parts/states.tsx'
import { Go } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count, dayOf } from '../../words/format.ts'
import './effects.css'
import { toneOfEffect } from './tone.ts'
import { Verdict } from './Verdict.tsx'

/** How many orders an effect rests on: those changed and those that were not, before and after. */
const ordersOf = ({ treated, control }: Effect['proof']): number =>
  [treated, control].reduce((sum, { before, after }) => sum + before.n + after.n, 0)

function Row({ of, scale }: { of: Effect; scale: Scale }) {
  const { t } = useTranslation()
  const format = useFormat()
  const names = useNames()
  const { effect, sentence } = of.proof
  const where = [
    names.category(of.category),
    t('effect.products', { n: count(of.productIds.length) }),
    format.day(dayOf(of.at, format.zone)),
  ]
  return (
    <li className="effect-row">
      <div>
        <h3>
          <Go to={`/effects/${encodeURIComponent(of.id)}`} className="plain">
            <span className="name">{names.said(of.what)}</span>
          </Go>
        </h3>
        <p className="dense soft">{sentence[format.lang]}</p>
        <p className="aux num">{where.filter(Boolean).join(' · ')}</p>
      </div>
      <div className="size">
        <span className="aux">{t('effect.net', { outcome: names.outcome(of.outcome) })}</span>
        {effect ? (
          <>
            <span className="dense">
              <b className="num">{format.difference(effect.value, 'share')}</b> {format.differenceUnit('share')}
            </span>
            <Interval of={effect} scale={scale} tone={toneOfEffect(effect)} reference={0} />
            <span className="aux num">
              {format.range(effect.low, effect.high, 'share')} · {t('figure.n', { n: count(ordersOf(of.proof)) })}
            </span>
          </>
        ) : (
          <span className="dense soft">{t('effect.unfinished')}</span>
        )}
      </div>
      <Verdict of={of} />
    </li>
  )
}

function List({ of }: { of: readonly Effect[] }) {
  const { t } = useTranslation()
  if (of.length === 0)
    return (
      <section className="card">
        <Message picture="horizon" title={t('effect.none')} help={t('effect.noneHelp')}>
          <Go to="/findings" className="primary-link">
            {t('effect.toFindings')}
          </Go>
        </Message>
      </section>
    )
  const scale = scaleOver(
    of.flatMap((one) => (one.proof.effect ? ends([one.proof.effect]) : [])),
    [0],
  )
  return (
    <Card title={t('effect.count', { count: of.length, n: count(of.length) })}>
      <ul>
        {of.map((one) => (
          <Row key={one.id} of={one} scale={scale} />
        ))}
      </ul>
    </Card>
  )
}

export default function Effects() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const effects = useEffects({ tenant: tenant.id })
  return (
    <Page title={t('effect.title')}>
      <Answer of={effects} what={t('effect.title')} cards={[8]}>
        {(data) => <List of={data.effects} />}
      </Answer>
    </Page>
  )
}
