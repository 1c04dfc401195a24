import { useTranslation } from 'react-i18next'
import { useAlertRules } from '../../api/alerts.ts'
import { Go } from '../../shell/Go.tsx'
import { useSurroundings } from '../../shell/surroundings.tsx'

const watchOf = (id: string) => `indicator.${id}`

/** The alert rules that watch an indicator of one's own: what a change of it changes, and what keeps it from being deleted. */
export function WatchedBy({ id }: { id: string }) {
  const { t } = useTranslation()
  const { lang, tenant } = useSurroundings()
  const rules = (useAlertRules({ tenant: tenant.id }).data?.rules ?? []).filter(
    ({ rule }) => rule.watch === watchOf(id),
  )
  if (rules.length === 0) return null
  return (
    <p className="dense">
      {t('own.watchedBy', { count: rules.length })}
      {rules.map(({ rule, watched }) => (
        <span key={rule.id}>
          {' '}
          <Go to="/alerts" ask={{ tab: 'rules', focus: rule.id }}>
            {rule.name || watched?.[lang] || rule.id}
          </Go>
        </span>
      ))}
    </p>
  )
}

/** To a new rule that watches it. */
export function WatchIt({ id }: { id: string }) {
  const { t } = useTranslation()
  return (
    <Go to="/alerts" ask={{ tab: 'rules', focus: `new|${watchOf(id)}|` }}>
      {t('own.watchIt')}
    </Go>
  )
}
