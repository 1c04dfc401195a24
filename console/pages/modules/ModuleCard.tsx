import { useTranslation } from 'react-i18next'
import type { ModuleCard as Module } from '../../../src/http/shapes.ts'
import { ChangeMark } from '../../parts/ChangeMark.tsx'
import { tooFew } from '../../parts/Interval.tsx'
import { CustomerRange } from '../../parts/PerCustomer.tsx'
import { Sparkline } from '../../parts/Sparkline.tsx'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, level, levelUnit } from '../../words/format.ts'
import { changeOf, type kpiByCustomer, useOwnerText, useSilence } from './figures.ts'
import './module-card.css'
import { Verdict } from './Verdict.tsx'

/** How the figures of a module stand: those against a target, and those that moved. */
function Counts({ of: { counts } }: { of: Pick<Module, 'counts'> }) {
  const { t } = useTranslation()
  const pills = [
    ['pill ill', 'missed', counts.missed],
    ['pill well', 'met', counts.met],
    ['pill line', 'unsure', counts.cannot_tell + counts.not_yet],
    ['pill line', 'noTarget', counts.no_target],
    ['pill line', 'noData', counts.no_data],
  ] as const
  const moved = (['worse', 'better'] as const).filter((way) => counts[way] > 0)
  return (
    <p className="row wrap">
      {pills
        .filter(([, , n]) => n > 0)
        .map(([look, name, n]) => (
          <span key={name} className={look}>
            {t(`modules.counts.${name}`, { n: count(n) })}
          </span>
        ))}
      <span className="dense">
        {moved.length === 0 && <span className="aux">{t('modules.moved.none')}</span>}
        {moved.map((way) => (
          <span key={way} className={way === 'worse' ? 'bad' : 'good'}>
            {t(`modules.moved.${way}`, { n: count(counts[way]) })}{' '}
          </span>
        ))}
      </span>
    </p>
  )
}

interface ModuleCardProps {
  of: Module
  customers: ReturnType<typeof kpiByCustomer>
}

/** The figure to look at: the worst, else the first that there is. */
function Shown({ of, customers }: ModuleCardProps) {
  const { t } = useTranslation()
  const names = useNames()
  const { lang, range } = useFormat()
  const silence = useSilence()
  const kpi = of.kpis.find(({ id }) => id === of.worst) ?? of.kpis.find(({ estimate }) => estimate.value !== null)
  if (!kpi) return <p className="aux">{silence(of.kpis[0]!)}</p>
  const { value, low, high, n } = kpi.estimate
  const few = value !== null && tooFew(n)
  const byCustomer = customers(of.id, kpi.id)
  return (
    <div className="shown">
      <span className="what">
        <span className="aux">{t(of.worst ? 'modules.worst' : 'modules.firstOne')}</span>
        <Go to={`/modules/${of.id}`} ask={{ focus: kpi.id }} className="plain">
          <b className="name">{names.said(kpi)}</b>
        </Go>
      </span>
      <span className={few ? 'figure num few' : 'figure num'} title={few ? t('figure.fewLong') : undefined}>
        {few ? t('figure.few') : level(value!, kpi.unit)}
        {!few && <small>{levelUnit(kpi.unit, lang)}</small>}
        <span className="aux">
          {!few && low !== null && high !== null && `${range(low, high, kpi.unit)} · `}
          {t('figure.n', { n: count(n) })}
        </span>
        {!few && <CustomerRange found={byCustomer?.byCustomer} change={changeOf(kpi)} unit={kpi.unit} short />}
      </span>
      <Sparkline series={kpi.series} />
      <span className="moved">
        <ChangeMark change={few ? null : changeOf(kpi)} unit={kpi.unit} higherIsBetter={kpi.higherIsBetter} />
      </span>
      <Verdict of={kpi} byCustomer={byCustomer} />
    </div>
  )
}

/** One module: who owns it, how its figures stand, the one to look at, and what is open. */
export function ModuleCard({ of, customers }: ModuleCardProps) {
  const { t } = useTranslation()
  const names = useNames()
  const ownerText = useOwnerText()
  return (
    <li className="card module-card">
      <header>
        <h2>
          <Go to={`/modules/${of.id}`} className="plain">
            <span className="name">{names.said(of)}</span>
          </Go>
        </h2>
        <span className="end aux">
          {t('modules.owner')} {ownerText(of.owner)}
        </span>
      </header>
      <div className="body stack">
        <p className="aux">{names.said(of.about)}</p>
        <Counts of={of} />
        <Shown of={of} customers={customers} />
        <p className="row spread wrap dense">
          <span className="row wrap">
            <span>
              {t('modules.openTickets')} <b className="num">{count(of.openTickets)}</b>
            </span>
            <span>
              {t('modules.findings')} <b className="num">{count(of.findings)}</b>
              {of.newFindings > 0 && (
                <span className="aux num"> {t('modules.newFindings', { n: count(of.newFindings) })}</span>
              )}
            </span>
          </span>
          <Go to={`/modules/${of.id}`} className="more">
            {t('modules.open')}
          </Go>
        </p>
      </div>
    </li>
  )
}
