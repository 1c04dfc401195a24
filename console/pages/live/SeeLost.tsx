import { Button } from 'antd'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useOpened } from '../../shell/opened.ts'

/** Leads to those who stopped at a step (1-based). */
export function SeeLost({ step }: { step: number }) {
  const { t } = useTranslation()
  const sheet = useOpened('step')
  return (
    <Button size="small" type="text" className="see-lost" onClick={() => sheet.open(String(step))}>
      {t('live.dropOff')}
      <ChevronRight size={14} strokeWidth={1.75} aria-hidden />
    </Button>
  )
}
