import { useTranslation } from 'react-i18next'
import type { AlertRules, AlertSeries, Incident, IncidentDetail } from '../../../src/http/shapes.ts'
import { useExportWords } from '../../parts/export/about.ts'
import type { Cell, Column, ExportTable } from '../../parts/export/table.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { seenOf } from './figures.ts'
import { unitOf, useRuleWords } from './rule-words.ts'

/** What was seen where it was most marked, beside what was expected and its 95 % interval. */
function useSeen() {
  const { t } = useTranslation()
  const words = useExportWords()
  const columns: Column[] = [
    { id: 'observed', name: t('alerts.observed'), type: 'number' },
    { id: 'expected', name: t('alerts.expected'), type: 'number' },
    { id: 'low', name: t('alerts.low'), type: 'number' },
    { id: 'high', name: t('alerts.high'), type: 'number' },
    { id: 'n', name: 'n', type: 'number' },
    { id: 'unit', name: words.unit, type: 'text' },
  ]
  const cells = ({ peak, unit }: Pick<AlertSeries, 'peak' | 'unit'>): Cell[] => {
    const { value, expected, low, high, n } = seenOf(peak)
    return [value, expected, low, high, n, unit]
  }
  return { columns, cells }
}

/** Incidents, each with the series that leads it. */
export function useIncidentsTable() {
  const { t } = useTranslation()
  const { lang, stamp } = useFormat()
  const names = useNames()
  const seen = useSeen()
  return (incidents: readonly Incident[]): ExportTable => ({
    columns: [
      { id: 'headline', name: t('alerts.title'), type: 'text' },
      { id: 'where', name: t('alerts.place'), type: 'text' },
      { id: 'since', name: t('alerts.begun'), type: 'text' },
      { id: 'found', name: t('alerts.foundAt'), type: 'text' },
      { id: 'judged', name: t('alerts.judgedAt'), type: 'text' },
      { id: 'owner', name: t('alerts.owner'), type: 'text' },
      ...seen.columns,
    ],
    rows: incidents.map((one) => [
      one.headline[lang],
      one.lead.label[lang],
      stamp(one.since),
      stamp(one.foundAt),
      stamp(one.createdAt),
      names.department(one.owner),
      ...seen.cells({ peak: one.lead.peak, unit: one.unit }),
    ]),
  })
}

/** The series that one incident holds. */
export function useIncidentTable() {
  const { t } = useTranslation()
  const { lang, stamp } = useFormat()
  const seen = useSeen()
  return (of: IncidentDetail): ExportTable => ({
    columns: [
      { id: 'headline', name: t('alerts.title'), type: 'text' },
      { id: 'watched', name: t('alerts.watch'), type: 'text' },
      { id: 'where', name: t('alerts.place'), type: 'text' },
      { id: 'peak', name: t('alerts.peak'), type: 'text' },
      ...seen.columns,
    ],
    rows: of.series.map((one) => [
      of.headline[lang],
      one.name[lang],
      one.label[lang],
      stamp(one.peak.at),
      ...seen.cells(one),
    ]),
  })
}

/** What is watched, and how it is judged. */
export function useRulesTable() {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const words = useExportWords()
  const wordsOf = useRuleWords()
  return ({ rules, watchable }: AlertRules): ExportTable => ({
    columns: [
      { id: 'rule', name: 'id', type: 'text' },
      { id: 'item', name: t('alerts.name'), type: 'text' },
      { id: 'watched', name: t('alerts.watch'), type: 'text' },
      { id: 'along', name: t('alerts.by'), type: 'text' },
      { id: 'step', name: t('alerts.step'), type: 'text' },
      { id: 'judge', name: t('alerts.judge'), type: 'text' },
      { id: 'direction', name: t('alerts.direction'), type: 'text' },
      { id: 'min_volume', name: t('alerts.minVolume'), type: 'number' },
      { id: 'min_change', name: t('alerts.minChange'), type: 'number' },
      { id: 'telling', name: t('alerts.tell'), type: 'text' },
      { id: 'on', name: t('alerts.on'), type: 'text' },
    ],
    rows: rules.map(({ rule, watched }) => [
      rule.id,
      rule.name || (watched?.[lang] ?? rule.watch),
      watched?.[lang] ?? rule.watch,
      [...(rule.whole ? [t('alerts.whole')] : []), ...rule.by.map((by) => t(`alerts.dimension.${by}`))].join(' / '),
      t(`alerts.steps.${rule.step}`),
      wordsOf(rule, unitOf(rule, watchable)).judge,
      t(`alerts.directions.${rule.direction}`),
      rule.minVolume,
      rule.minChange,
      wordsOf(rule, unitOf(rule, watchable)).telling.join(' · '),
      rule.enabled ? words.yes : words.no,
    ]),
  })
}
