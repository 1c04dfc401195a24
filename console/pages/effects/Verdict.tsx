import { useTranslation } from 'react-i18next'
import type { Effect } from '../../../src/http/shapes.ts'

const tones: Record<Effect['proof']['verdict'], string> = {
  worked: 'pill well',
  harmed: 'pill ill',
  no_effect: 'pill',
  cannot_tell: 'pill line',
  too_early: 'pill line',
}

export function Verdict({ of }: { of: Effect }) {
  const { t } = useTranslation()
  const { verdict } = of.proof
  return <span className={tones[verdict]}>{t(`effect.${verdict}`)}</span>
}
