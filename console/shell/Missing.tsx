import { useTranslation } from 'react-i18next'
import { Message } from '../parts/states.tsx'
import { Go } from './Go.tsx'
import { Page } from './Page.tsx'

export function Missing() {
  const { t } = useTranslation()
  return (
    <Page title={t('state.notFound')}>
      <Message picture="lost" title={t('state.notFound')} help={t('state.notFoundHelp')}>
        <Go to="/">{t('state.home')}</Go>
      </Message>
    </Page>
  )
}
