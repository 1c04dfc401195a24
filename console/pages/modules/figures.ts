import { useTranslation } from 'react-i18next'
import type {
  KpiByCustomer,
  ModuleKpi,
  ModuleOwner,
  ModulesByCustomer,
  TargetVerdict,
} from '../../../src/http/shapes.ts'
import type { Tone } from '../../parts/scale.ts'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { level, levelText } from '../../words/format.ts'

/** How a verdict looks; what nobody can tell is hollow. */
export const pillOf: Record<TargetVerdict, string> = {
  met: 'pill well',
  missed: 'pill ill',
  not_yet: 'pill now',
  cannot_tell: 'pill line',
  no_target: 'pill line',
  no_data: 'pill line',
}

export const toneOfVerdict = ({ verdict }: Pick<ModuleKpi, 'verdict'>): Tone =>
  verdict === 'met' ? 'good' : verdict === 'missed' || verdict === 'not_yet' ? 'bad' : 'focus'

/** What is beyond chance once all figures of the module were tried; a change within chance is grey whatever its own interval says. */
export const changeOf = ({ change, judgement }: Pick<ModuleKpi, 'change' | 'judgement'>) =>
  change && { ...change, moreThanChance: judgement === 'more_than_chance' }

export const isWorse = ({ change, judgement, higherIsBetter }: ModuleKpi): boolean =>
  judgement === 'more_than_chance' && change !== null && change.value > 0 !== higherIsBetter

/** What is known of a figure by customer; nothing while it has not been told. */
export const kpiByCustomer =
  (of: ModulesByCustomer | undefined) =>
  (module: string, kpi: string): KpiByCustomer | undefined =>
    of?.modules.find(({ id }) => id === module)?.kpis.find(({ id }) => id === kpi)

/** A figure's numbers in words. */
export function useKpiTexts() {
  const { lang, differenceUnit } = useFormat()
  const size = (value: number, { unit }: Pick<ModuleKpi, 'unit'>) =>
    `${level(Math.abs(value), unit)} ${differenceUnit(unit)}`.trim()
  return {
    value: (of: ModuleKpi) => levelText(of.estimate.value, of.unit, lang),
    level: (value: number | null, of: Pick<ModuleKpi, 'unit'>) => levelText(value, of.unit, lang),
    size,
  }
}

/** Why there is no figure: the data are too young for it, or what it is counted from is not sent. */
export function useSilence(): (of: ModuleKpi) => string {
  const { t } = useTranslation()
  const names = useNames()
  const { tenant } = useSurroundings()
  return ({ knownAfterDays, period, send }) =>
    knownAfterDays > 0 && tenant.extent && period.to < tenant.extent.from
      ? t('modules.tooYoung', { days: knownAfterDays })
      : t('modules.send', { what: names.said(send) })
}

/** Department and, where one is named, person. */
export function useOwnerText(): (owner: ModuleOwner) => string {
  const { t } = useTranslation()
  const names = useNames()
  return ({ department, person }) =>
    person ? t('modules.ofPerson', { department: names.department(department), person }) : names.department(department)
}
