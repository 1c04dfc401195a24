import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/client.ts'
import { useRefused } from '../../parts/rights.ts'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { questionAt } from './draft.ts'

/** Why something was not done; a mistake in a definition with the question and the place that it is in. */
export function Fault({ of, title }: { of: Error; title?: string }) {
  const { t } = useTranslation()
  const refused = useRefused()
  const { lang } = useSurroundings()
  const told = lang === 'zh' && of instanceof ApiProblem ? of.zh?.message : undefined
  const why = told ?? refused(of, of.message)
  const where = of instanceof ApiProblem && of.status === 422 ? of.where : undefined
  const n = questionAt(where)
  const text = !where
    ? why
    : n === null
      ? t('surveys.badAt', { where, why })
      : t('surveys.badQuestion', { n, why, where })
  return <Alert type="error" role="alert" title={title ?? text} description={title ? text : undefined} />
}
