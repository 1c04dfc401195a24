import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAsking } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useAddress } from '../../shell/surroundings.tsx'
import { FunnelTab } from './FunnelTab.tsx'
import './live.css'
import { Now } from './Now.tsx'

export default function LivePage() {
  const { t } = useTranslation()
  const ask = useAsking()
  const tab = useAddress().tab === 'funnel' ? 'funnel' : 'now'
  return (
    <Page title={t('live.title')}>
      <div className="stack live">
        <Segmented
          className="live-tabs"
          aria-label={t('live.view')}
          value={tab}
          onChange={(value) =>
            ask((search) => ({ ...search, tab: value === 'funnel' ? 'funnel' : undefined, step: undefined }))
          }
          options={(['now', 'funnel'] as const).map((value) => ({ value, label: t(`live.tabs.${value}`) }))}
        />
        {tab === 'now' ? <Now /> : <FunnelTab />}
      </div>
    </Page>
  )
}
