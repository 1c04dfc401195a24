import { useTranslation } from 'react-i18next'
import type { SurveySummary } from '../../../src/http/shapes.ts'

const looks = { draft: 'pill line', live: 'pill well', closed: 'pill' } as const

export function StateMark({ of }: { of: SurveySummary['state'] }) {
  const { t } = useTranslation()
  return <span className={looks[of]}>{t(`surveys.${of}`)}</span>
}
