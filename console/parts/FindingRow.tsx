import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Driver, Finding } from '../../src/http/shapes.ts'
import { Go } from '../shell/Go.tsx'
import { Star } from '../shell/Mark.tsx'
import { type Names, useFormat, useNames } from '../shell/surroundings.tsx'
import { count, level, levelText } from '../words/format.ts'
import { zh } from '../words/zh.ts'
import './finding-row.css'
import { countedOf, factorName, wordsOf } from './factor.ts'
import { Interval } from './Interval.tsx'
import { Quote } from './Quote.tsx'
import { ends, type Scale, scaleOver, type Tone } from './scale.ts'

/** Outcomes of which more is better; of all others (returns, low ratings) less is. */
const wanted = new Set(['rating', 'nps', 'csat', 'positive_share'])

export function effectTone(of: Pick<Driver, 'outcome'>, value: number): Tone {
  if (value === 0) return 'unsure'
  return value > 0 === wanted.has(of.outcome) ? 'good' : 'bad'
}

/** 类目 · 场景 · 方面: where a finding applies. */
export function pathOf(of: Driver, names: Names, t: TFunction): string {
  const where = of.category ? names.category(of.category) : t('finding.all_categories')
  return [where, of.scene && names.scene(of.scene), factorName(of, names, t)].filter(Boolean).join(' · ')
}

/** One axis for each unit: a share and a score cannot be compared by length. */
export function effectScale(findings: readonly Finding[]): (of: Finding) => Scale {
  const scales = new Map<string, Scale>()
  for (const { unit } of findings) {
    if (scales.has(unit)) continue
    scales.set(unit, scaleOver(ends(findings.filter((one) => one.unit === unit).map((one) => one.effect)), [0]))
  }
  return (of) => scales.get(of.unit) ?? scaleOver(ends([of.effect]), [0])
}

export function FindingState({ of }: { of: Finding }) {
  const { t } = useTranslation()
  if (!of.current) return <span className="pill">{t('finding.notCurrent')}</span>
  if (of.interventionIds.length > 0) return <span className="pill go">{t('finding.underway')}</span>
  const state = of.ticketState
  if (state && state in zh.finding.inTicket)
    return <span className={state === 'open' ? 'pill now' : 'pill'}>{t(`finding.inTicket.${state as 'open'}`)}</span>
  return <span className="pill line">{t('finding.unclaimed')}</span>
}

function Money({ of }: { of: Finding }) {
  const { t } = useTranslation()
  const { money, moneyRange } = useFormat()
  if (!of.money) return <span className="aux">{t('finding.noMoney')}</span>
  const amount = money(of.money.value, of.money.currency)
  return (
    <>
      <span className="aux">{t('finding.moneyMonth')}</span>
      <span className="amount num">
        {amount.text}
        {amount.unit && <small>{amount.unit}</small>}
      </span>
      <span className="aux num">{moneyRange(of.money.low, of.money.high, of.money.currency)}</span>
    </>
  )
}

/** Which way the NPS of those whom a finding is about lies. */
export const wayOf = ({ low, high }: { low: number; high: number }): 'lower' | 'higher' | 'unsure' =>
  high < 0 ? 'lower' : low > 0 ? 'higher' : 'unsure'

/** Points of the NPS of all answers that go with a finding. */
function Points({ of }: { of: Finding }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!of.nps) return null
  const range = format.range(of.nps.low, of.nps.high, 'points')
  const points = level(Math.abs(of.nps.value), 'points')
  return <span className="aux num">{t(`finding.points.${wayOf(of.nps)}`, { points, range })}</span>
}

interface FindingRowProps {
  of: Finding
  /** Shared by all rows of a list, so that effects may be compared. */
  scale: Scale
  starred?: boolean
}

/** Sentence, path, both levels, a quote on either side, what next; effect with interval, money a month and points of NPS, owner and state. */
export function FindingRow({ of, scale, starred = false }: FindingRowProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const names = useNames()
  const [quote] = of.quotes
  const [against] = of.counterQuotes
  const tone = effectTone(of, of.effect.value)
  return (
    <li className="finding-row">
      <div className="said">
        <h3>
          {starred && <Star size={13} />}
          <Go to={`/findings/${encodeURIComponent(of.id)}`} className="plain">
            <span className="name">{of.sentence[format.lang]}</span>
          </Go>
        </h3>
        <p className="aux">
          {pathOf(of, names, t)} <span className="slash">/</span>{' '}
          <span className="num">
            {count(of.volume)} {t(countedOf(of), { n: of.volume })}
          </span>{' '}
          <span className="slash">/</span>{' '}
          <span className="num">
            {t(`finding.${wordsOf(of)}.levels`, {
              outcome: names.outcome(of.outcome),
              exposed: levelText(of.exposed.value, of.unit),
              control: levelText(of.control.value, of.unit),
              exposedN: count(of.exposed.n),
              controlN: count(of.control.n),
            })}
          </span>
        </p>
        {quote && (
          <Go to="/voices" ask={{ driver: of.id, ...of.period }} className="plain">
            <Quote of={quote} around={20} />
          </Go>
        )}
        {against && (
          <p className="against">
            <span className="aux">{t('finding.against')}</span>
            <Quote of={against} around={20} />
          </p>
        )}
        {of.advice && (
          <p className="aux">
            {t('finding.next')} {names.said(of.advice)}
          </p>
        )}
      </div>
      <div className="size">
        <span className="aux">{names.outcome(of.outcome)}</span>
        <span className="dense">
          <b className="num">{format.difference(of.effect.value, of.unit)}</b> {format.differenceUnit(of.unit)}
        </span>
        <Interval of={of.effect} scale={scale} tone={tone} reference={0} />
        <span className="aux num">
          <span className="hidden">{t('figure.intervalWord')} </span>
          {format.range(of.effect.low, of.effect.high, of.unit)}
        </span>
      </div>
      <div className="money">
        <Money of={of} />
        <Points of={of} />
      </div>
      <div className="who">
        <span className="dense">{names.department(of.owner)}</span>
        <FindingState of={of} />
      </div>
    </li>
  )
}
