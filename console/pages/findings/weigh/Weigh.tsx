import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { DriverTable } from '../../../../src/http/shapes.ts'
import { useDrivers, useLedger } from '../../../api/drivers.ts'
import { validSearch } from '../../../api/search.ts'
import { PageTools } from '../../../parts/export/PageTools.tsx'
import { FilterBar } from '../../../parts/FilterBar.tsx'
import { Lead } from '../../../parts/Lead.tsx'
import { Answer, Message } from '../../../parts/states.tsx'
import { useAsking } from '../../../shell/Go.tsx'
import { useAddress, useFormat, useNames, useSlice } from '../../../shell/surroundings.tsx'
import { count, levelText } from '../../../words/format.ts'
import { useFactorName } from './factor.tsx'
import { Importance } from './Importance.tsx'
import { Ledger } from './Ledger.tsx'
import { Methods } from './Methods.tsx'
import { useDriverTable } from './numbers.ts'
import './weigh.css'

/** Outcomes whose cases are ratings; all others are those of order lines. */
const rated = new Set(['rating', 'low_rating', 'nps', 'csat'])

/** What the whole table says first, and what it rests on. */
function Told({ of }: { of: DriverTable }) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const names = useNames()
  const nameOf = useFactorName()
  const outcome = names.outcome(of.outcome)
  const sure = of.factors.filter((factor) => factor.certain)
  const n = count(of.factors.length)
  const first = sure[0]
  const lead = first
    ? t('drivers.leadSome', { outcome, n, sure: count(sure.length), what: nameOf(first) })
    : t(of.factors.length === 0 ? 'drivers.leadEmpty' : 'drivers.leadNone', { outcome, n })
  const { value, low, high } = of.level
  const about = {
    outcome,
    cases: t(rated.has(of.outcome) ? 'drivers.cases_voices' : 'drivers.cases_orders', { n: count(of.n) }),
    level: levelText(value, of.unit),
    range: low === null || high === null ? '—' : range(low, high, of.unit),
  }
  const help = of.r2
    ? t('drivers.told', {
        ...about,
        r2: levelText(of.r2.value, 'share'),
        r2adjusted: levelText(of.r2Adjusted, 'share'),
        r2range: range(of.r2.low, of.r2.high, 'share'),
        rest: levelText(of.r2Confounders, 'share'),
      })
    : t('drivers.noModel', about)
  return (
    <Lead
      help={
        <>
          {help} {of.population > of.n && t('drivers.sampled', { n: count(of.n), all: count(of.population) })}
        </>
      }
    >
      {lead}
    </Lead>
  )
}

function OutcomePick({ value }: { value: string }) {
  const { t } = useTranslation()
  const names = useNames()
  const ask = useAsking()
  const outcomes = names.catalogue?.outcomes ?? []
  return (
    <div className="scroll">
      <Segmented
        size="small"
        value={value}
        aria-label={t('drivers.outcome')}
        onChange={(by) => ask((search) => validSearch({ ...search, by }), { replace: true })}
        options={outcomes.map(({ id }) => ({ value: id, label: names.outcome(id) }))}
      />
    </div>
  )
}

/** All factors of an outcome side by side in the chosen slice, and where the refunds lie. */
export function Weigh() {
  const { t } = useTranslation()
  const names = useNames()
  const asked = useAddress().by
  const outcome = names.catalogue?.outcomes.find(({ id }) => id === asked)?.id ?? 'return'
  const slice = useSlice()
  const drivers = useDrivers(outcome, slice)
  const ledger = useLedger(slice, outcome === 'return')
  const tableOf = useDriverTable()
  return (
    <div className="stack">
      <FilterBar
        compares={false}
        end={<PageTools what={t('drivers.title')} table={() => (drivers.data ? tableOf(drivers.data) : null)} />}
      />
      <OutcomePick value={outcome} />
      <Answer of={drivers} what={t('drivers.title')} cards={[1, 8, 8]}>
        {(data) => (
          <div className="stack">
            <Told of={data} />
            {data.factors.length === 0 ? (
              <div className="card">
                <Message
                  picture="lost"
                  title={t('drivers.leadEmpty', { outcome: names.outcome(outcome) })}
                  help={t('drivers.emptyHelp')}
                />
              </div>
            ) : (
              <>
                <Importance of={data} />
                {outcome === 'return' && (
                  <Answer of={ledger} what={t('drivers.ledger')} cards={[6]}>
                    {(answer) => <Ledger of={answer.ledger} />}
                  </Answer>
                )}
                <Methods of={data} />
              </>
            )}
          </div>
        )}
      </Answer>
    </div>
  )
}
