import { Segmented } from 'antd'
import { Clock3 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Live, LiveFigures } from '../../../src/http/shapes.ts'
import { type LiveSpan, useLiveFigures } from '../../api/funnels.ts'
import { useExportWords } from '../../parts/export/about.ts'
import { PageTools } from '../../parts/export/PageTools.tsx'
import { type ExportTable, figureCells, figureColumns } from '../../parts/export/table.ts'
import { Lead } from '../../parts/Lead.tsx'
import { Answer, NoRecords } from '../../parts/states.tsx'
import { useAsking } from '../../shell/Go.tsx'
import { useAddress, useFormat } from '../../shell/surroundings.tsx'
import { count, dayOf, levelText } from '../../words/format.ts'
import { ActOn } from './ActOn.tsx'
import { DropOffSheet } from './DropOffSheet.tsx'
import { FunnelPick } from './FunnelPick.tsx'
import { Arrivals, GoingOn } from './Lines.tsx'
import { useFunnelWords } from './names.ts'
import { Places } from './Places.tsx'
import { ReachedSheet } from './ReachedSheet.tsx'
import { Steps } from './Steps.tsx'

const nothing = { value: null, low: null, high: null, n: 0 }

/** Everything of the page as a table, for files. */
function useTable() {
  const { t } = useTranslation()
  const words = useExportWords()
  const { stamp } = useFormat()
  const { step } = useFunnelWords()
  return (of: Live): ExportTable => ({
    columns: [
      { id: 'step', name: t('funnel.stepHead'), type: 'text' },
      { id: 'as_of', name: t('live.time'), type: 'text' },
      { id: 'arrived', name: t('funnel.reached'), type: 'number', write: count },
      ...figureColumns(words, undefined, { id: 'now', name: t('live.now') }),
      ...figureColumns(words, undefined, { id: 'usual', name: t('live.usual') }),
    ],
    rows: (of.figures?.steps ?? []).map((one, i) => [
      step(of.funnel.steps[i]!),
      of.asOf === null ? '' : stamp(of.asOf),
      one.arrived,
      ...figureCells(one.went ?? nothing),
      ...figureCells(one.usualWent ?? nothing),
    ]),
  })
}

/** What is to be said first: where it is stuck, or that nothing is. */
function useSentence() {
  const { t } = useTranslation()
  const { step, dimension, value } = useFunnelWords()
  return (of: Live, figures: LiveFigures): string => {
    const span = t(`live.span.${of.span}`)
    const { trouble, steps, usualDays } = figures
    if (usualDays === 0) return t('live.noUsual', { span })
    if (!trouble)
      return t(steps.slice(0, -1).every(({ change }) => change === null) ? 'live.few' : 'live.calm', { span })
    const at = steps[trouble.step]!
    const said = t('live.trouble', {
      span,
      from: step(of.funnel.steps[trouble.step]!),
      to: step(of.funnel.steps[trouble.step + 1]!),
      now: levelText(at.went?.value ?? null, 'share'),
      usual: levelText(at.usualWent?.value ?? null, 'share'),
      lost: count(at.extraLost),
    })
    const [worst] = trouble.places
    if (!worst) return t('live.troubleWide', { trouble: said })
    const place = `${dimension(worst.by)} ${value(worst.by, worst.value)}`
    return t(trouble.everywhere ? 'live.troubleMany' : 'live.troubleAt', { trouble: said, place })
  }
}

/** As of when, complete up to when, and what still waits. */
function Moment({ of }: { of: Live }) {
  const { t } = useTranslation()
  const { exactMoment } = useFormat()
  if (of.asOf === null) return null
  return (
    <>
      {of.stale && of.lastEventAt !== null && (
        <p className="live-stale" role="note">
          <Clock3 size={15} strokeWidth={1.75} aria-hidden />
          {t('live.stale', { time: exactMoment(of.lastEventAt) })}
        </p>
      )}
      <span className="row wrap live-moment aux num">
        {!of.stale && (
          <span>
            <i className="live-dot" aria-hidden="true" />
            {t('live.asOf', { time: exactMoment(of.asOf) })}
          </span>
        )}
        {of.completeUntil !== null && !of.stale && (
          <span>{t('live.complete', { time: exactMoment(of.completeUntil) })}</span>
        )}
        {of.waiting > 0 && <span>{t('live.waiting', { n: count(of.waiting) })}</span>}
        {of.figures && of.figures.usualDays > 0 && <span>{t('live.usualHelp', { n: of.figures.usualDays })}</span>}
      </span>
    </>
  )
}

function Figures({ of, figures }: { of: Live; figures: LiveFigures }) {
  const address = useAddress()
  const { zone } = useFormat()
  const sentence = useSentence()
  const shown = figures.trouble?.step ?? 0
  const day = dayOf(of.asOf ?? Date.now(), zone)
  return (
    <>
      <Lead help={<Moment of={of} />}>{sentence(of, figures)}</Lead>
      {figures.trouble && <ActOn of={of} trouble={figures.trouble} />}
      <Steps of={of} figures={figures} />
      {figures.trouble && figures.trouble.places.length > 0 && <Places of={figures.trouble} />}
      <div className="live-lines">
        <GoingOn of={of} figures={figures} step={shown} />
        <Arrivals of={of} figures={figures} step={shown} />
      </div>
      <DropOffSheet search={{ tenant: address.tenant, from: day, to: day }} funnel={of.funnel} />
      <ReachedSheet
        by={{
          path: '/live/reached',
          ask: { funnel: address.funnel, span: of.span, at: of.asOf === null ? undefined : String(of.asOf) },
        }}
        funnel={of.funnel}
      />
    </>
  )
}

export function Now() {
  const { t } = useTranslation()
  const ask = useAsking()
  const address = useAddress()
  const span: LiveSpan = address.span === 'today' ? 'today' : 'hour'
  const live = useLiveFigures(address, address.funnel, span)
  const { zone } = useFormat()
  const asOf = live.data?.asOf ?? null
  const day = asOf === null ? undefined : dayOf(asOf, zone)
  const table = useTable()
  return (
    <>
      <div className="filter-bar">
        <FunnelPick />
        <Segmented
          size="small"
          aria-label={t('live.spanLabel')}
          value={span}
          onChange={(value) => ask((search) => ({ ...search, span: value === 'today' ? 'today' : undefined }))}
          options={(['hour', 'today'] as const).map((value) => ({ value, label: t(`live.span.${value}`) }))}
        />
        <PageTools
          what={t('live.title')}
          table={() => (live.data?.figures ? table(live.data) : null)}
          period={day === undefined ? null : { from: day, to: day }}
        />
      </div>
      <Answer of={live} what={t('live.title')} cards={[2, 6, 6]}>
        {(data) =>
          data.figures ? (
            <Figures of={data} figures={data.figures} />
          ) : (
            <NoRecords title={t('live.none')} help={t('live.noneHelp')} link={t('live.toSources')} />
          )
        }
      </Answer>
    </>
  )
}
