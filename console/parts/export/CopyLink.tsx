import { useRouterState } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { Link2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { sharedAddress } from '../../api/share.ts'
import { useAddress } from '../../shell/surroundings.tsx'
import { usePeriod } from '../FilterBar.tsx'
import { copied } from './copied.ts'
import './export.css'

/** A link that opens on this view: the same days, filters, dimension and tab. */
export function CopyLink() {
  const { t } = useTranslation()
  const { message, modal } = App.useApp()
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const search = useAddress()
  const period = usePeriod()
  const copy = async () => {
    const link = location.origin + sharedAddress(pathname, search, period)
    if (await copied(link)) void message.success(t('export.copied'))
    else modal.info({ title: t('export.copyYourself'), content: <code className="whole-link">{link}</code> })
  }
  return (
    <Button
      size="small"
      className="tool"
      aria-label={t('export.copyLink')}
      title={t('export.copyLink')}
      icon={<Link2 size={14} strokeWidth={1.75} aria-hidden />}
      onClick={() => void copy()}
    >
      <span className="tool-word">{t('export.copyLink')}</span>
    </Button>
  )
}
