import { App, Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertSeries, IncidentDetail } from '../../../src/http/shapes.ts'
import { useSplit } from '../../api/alerts.ts'
import { validSearch } from '../../api/search.ts'
import { Card } from '../../parts/Card.tsx'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { useAsking, useGo } from '../../shell/Go.tsx'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { figure, seenOf } from './figures.ts'

const SLASH = '|'
type SeriesId = Pick<AlertSeries, 'ruleId' | 'dimension' | 'segment'>
const nameOf = (one: SeriesId) => [one.ruleId, one.dimension, one.segment].join(SLASH)

/** The series that the address asks for. */
export function askedSeries(focus: string | undefined): { rule: string; dimension: string; segment: string } | null {
  const [rule, dimension, ...segment] = focus?.split(SLASH) ?? []
  return rule && dimension !== undefined ? { rule, dimension, segment: segment.join(SLASH) } : null
}

/** The series of an incident. Some of them can be split off, where a person sees another cause. */
export function Grouped({ of }: { of: IncidentDetail }) {
  const { t } = useTranslation()
  const { lang, moment } = useFormat()
  const ask = useAsking()
  const shown = nameOf(of.chart)
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const refusal = useWriteRefusal()
  const { split, isSplitting } = useSplitOff(of)
  const going = of.series.filter((one) => picked.has(nameOf(one)))
  const pick = (name: string, is: boolean) =>
    setPicked(new Set(is ? [...picked, name] : [...picked].filter((one) => one !== name)))
  return (
    <Card title={t('alerts.grouped')} help={t('alerts.groupedHelp')}>
      <ul className="alert-series">
        {of.series.map((one) => {
          const seen = seenOf(one.peak)
          return (
            <li key={nameOf(one)} className="row">
              {of.series.length > 1 && refusal === null && (
                <Checkbox
                  checked={picked.has(nameOf(one))}
                  aria-label={t('alerts.splitPick', { what: `${one.name[lang]} ${one.label[lang]}` })}
                  onChange={({ target }) => pick(nameOf(one), target.checked)}
                />
              )}
              <button
                type="button"
                className="bare"
                aria-pressed={nameOf(one) === shown}
                onClick={() => ask((search) => validSearch({ ...search, focus: nameOf(one) }), { replace: true })}
              >
                <span className="grow">
                  {one.label[lang]}
                  {one.ruleId !== of.lead.ruleId && <span className="aux"> · {one.name[lang]}</span>}
                </span>
                <span className="num">
                  <b>{figure(seen.value, one.unit)}</b>{' '}
                  <span className="aux">
                    {t('alerts.expected')} {figure(seen.expected, one.unit)}
                    {seen.low !== null &&
                      seen.high !== null &&
                      ` (${figure(seen.low, one.unit)}–${figure(seen.high, one.unit)})`}{' '}
                    · {t('figure.n', { n: count(seen.n) })} · {moment(one.peak.at)}
                  </span>
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      {going.length > 0 && (
        <div className="row wrap alert-split">
          <Button disabled={going.length === of.series.length} loading={isSplitting} onClick={() => split(going)}>
            {t('alerts.splitOff', { n: count(going.length) })}
          </Button>
          <span className="aux">{t('alerts.splitHelp')}</span>
        </div>
      )}
    </Card>
  )
}

/** Makes chosen series an incident of their own, and goes there. */
function useSplitOff(of: IncidentDetail) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const go = useGo()
  const why = useRefused()
  const { mutate, isPending } = useSplit({ tenant: tenant.id }, of.id)
  const split = (going: readonly AlertSeries[]) =>
    mutate(
      { series: going.map(({ ruleId: rule, dimension, segment }) => ({ rule, dimension, segment })) },
      {
        onSuccess: ({ id }) => {
          void message.success(t('alerts.done'))
          go({ to: `/alerts/${encodeURIComponent(id)}` })
        },
        onError: (error) => void message.error(why(error, t('state.server'))),
      },
    )
  return { split, isSplitting: isPending }
}
