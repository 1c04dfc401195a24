import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Go } from './Go.tsx'
import { Header } from './Header.tsx'
import { useSurroundings } from './surroundings.tsx'

/** Says on every page of a simulated tenant that its data are simulated, and to whom nothing belongs yet how to begin. */
function Ribbon() {
  const { t } = useTranslation()
  const { tenant, session } = useSurroundings()
  const simulated = tenant.simulated && tenant.extent !== null
  if (!simulated && !session.needsOwner) return null
  return (
    <div className="ribbon" role="note">
      {simulated && (
        <span title={t('shell.simulatedLong', { name: tenant.name })}>
          <b>{t('shell.simulated')}</b> · {tenant.name}
          <span lang={t('shell.languageName') === '中文' ? 'en' : 'zh-CN'} className="other-lang">
            {t('shell.languageName') === '中文' ? 'Simulated data' : '模拟数据'}
          </span>
        </span>
      )}
      {session.needsOwner && (
        <span className="call">
          <span className="why">{t(simulated ? 'shell.ownerCall' : 'shell.ownerCallBare')}</span>
          <Go to="/welcome">{t('shell.createOwner')}</Go>
        </span>
      )}
    </div>
  )
}

interface PageProps {
  title: string
  /** Where the title in the header would repeat the page's own headline, the header shows the room alone. */
  crumb?: { to: string; label: string }
  extra?: ReactNode
  children: ReactNode
  /** `explorer` gives the page the whole width and no padding. */
  kind?: 'plain' | 'explorer'
}

export function Page({ title, crumb, extra, children, kind = 'plain' }: PageProps) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = t('brand.page', { page: title })
  }, [title, t])
  return (
    <div className="page">
      <Header title={title} crumb={crumb} extra={extra} />
      <Ribbon />
      <main id="main" className={`content ${kind}`} tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}
