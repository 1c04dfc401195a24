import { Button, Segmented } from 'antd'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSignOut } from '../../api/actions.ts'
import type { Lang, ThemeChoice } from '../../look/boot.ts'
import { Go } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { phoneMore } from '../../shell/rooms.ts'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { TenantMenu } from '../../shell/TenantMenu.tsx'
import './more.css'

/** What has no tab of its own on a phone. */
export default function More() {
  const { t } = useTranslation()
  const { session, lang, setLang, themeChoice, setTheme } = useSurroundings()
  const signOut = useSignOut()
  const themes: ThemeChoice[] = ['light', 'dark', 'system']
  return (
    <Page title={t('nav.more')}>
      <div className="stack more-page">
        <div className="card">
          {phoneMore.map((room) => (
            <Go key={room.to} to={room.to} className="plain line">
              <room.Icon size={18} strokeWidth={1.75} aria-hidden />
              <span className="grow">{t(`nav.${room.name}`)}</span>
              <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
            </Go>
          ))}
        </div>
        <div className="card">
          <div className="line">
            <span className="grow">{t('shell.tenant')}</span>
            <TenantMenu />
          </div>
          <div className="line">
            <span className="grow">{t('shell.language')}</span>
            <Segmented<Lang>
              aria-label={t('shell.language')}
              value={lang}
              onChange={setLang}
              options={[
                { value: 'zh', label: '中文' },
                { value: 'en', label: 'English' },
              ]}
            />
          </div>
          <div className="line">
            <span className="grow">{t('shell.theme')}</span>
            <Segmented<ThemeChoice>
              aria-label={t('shell.theme')}
              value={themeChoice}
              onChange={setTheme}
              options={themes.map((value) => ({ value, label: t(`shell.${value}`) }))}
            />
          </div>
        </div>
        <div className="card">
          <div className="line">
            <span className="grow">{session.user ? session.user.name : t('shell.guest')}</span>
            {session.user ? (
              <Button onClick={() => signOut.mutate(undefined)}>{t('shell.signOut')}</Button>
            ) : (
              <Go to={session.needsOwner ? '/welcome' : '/sign-in'}>
                {t(session.needsOwner ? 'shell.createOwner' : 'shell.signIn')}
              </Go>
            )}
          </div>
        </div>
      </div>
    </Page>
  )
}
