import { useTranslation } from 'react-i18next'
import type { AlertRule, AlertRules } from '../../../src/http/shapes.ts'
import { type AlertUnit, figure } from './figures.ts'

export const unitOf = ({ watch }: Pick<AlertRule, 'watch'>, watchable: AlertRules['watchable']): AlertUnit =>
  watchable.find((one) => one.id === watch)?.unit ?? 'count'

/** How a rule judges, with its figure, and when it tells: only what is not as usual. */
export function useRuleWords() {
  const { t } = useTranslation()
  return ({ judge, quiet, tell }: AlertRule, unit: AlertUnit): { judge: string; telling: string[] } => {
    const set =
      judge.kind === 'threshold' ? figure(judge.level, unit) : judge.kind === 'change' ? `${judge.percent}%` : ''
    return {
      judge: `${t(`alerts.judges.${judge.kind}`)} ${set}`.trim(),
      telling: [
        ...(tell === 'digest' ? [t('alerts.tells.digest')] : []),
        ...(quiet ? [t('channels.quietAt', quiet)] : []),
      ],
    }
  }
}
