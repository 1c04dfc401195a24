import { Outlet, useNavigate, useRouterState, useSearch } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import i18next from 'i18next'
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import type { Session } from '../../src/http/shapes.ts'
import { useLive } from '../api/live.ts'
import { useSessionQuery } from '../api/queries.ts'
import type { Search } from '../api/search.ts'
import { antdTheme } from '../look/antd.ts'
import {
  applyLang,
  applyTheme,
  firstLang,
  firstTheme,
  type Lang,
  onSystemTheme,
  recall,
  remember,
  type ThemeChoice,
  themeOf,
} from '../look/boot.ts'
import { Coming, Trouble } from '../parts/states.tsx'
import { BottomTabs, Sidebar } from './Sidebar.tsx'
import { SurroundingsProvider, type Tenant } from './surroundings.tsx'

/** The session as a page in that language tells it: tenants by their name in it. */
const toldIn = (lang: Lang, session: Session): Session => ({
  ...session,
  tenants: session.tenants.map((one) => (lang === 'en' ? { ...one, name: one.nameEn } : one)),
})

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content

function useTheme() {
  const [choice, setChoice] = useState<ThemeChoice>(firstTheme)
  const [name, setName] = useState(() => themeOf(choice))
  useEffect(() => {
    const follow = () => setName(themeOf(choice))
    follow()
    return onSystemTheme(follow)
  }, [choice])
  useEffect(() => applyTheme(name), [name])
  const choose = (next: ThemeChoice) => {
    remember('theme', next)
    setChoice(next)
  }
  return { name, choice, choose }
}

function useLang() {
  const [lang, setLang] = useState<Lang>(firstLang)
  const navigate = useNavigate()
  useEffect(() => {
    applyLang(lang)
    void i18next.changeLanguage(lang)
  }, [lang])
  const choose = (next: Lang) => {
    remember('lang', next)
    setLang(next)
    void navigate({
      to: '.',
      search: ((search: Search) => ({ ...search, lang: next })) as never,
      replace: true,
      resetScroll: false,
    })
  }
  return { lang, choose }
}

/** The tenant in the address, else the one last looked at, else the first with data, else one that is not simulated. */
function chosenTenant({ tenants }: Session, asked: string | undefined): Tenant | undefined {
  const find = (id: string | null | undefined) => tenants.find((tenant) => tenant.id === id)
  const first = tenants.find(({ extent }) => extent) ?? tenants.find(({ simulated }) => !simulated) ?? tenants[0]
  return find(asked) ?? find(recall('tenant')) ?? first
}

/** Writes the tenant into the address, so that every link that is shared names it. */
function useTenantInAddress(tenant: Tenant | undefined, asked: string | undefined) {
  const navigate = useNavigate()
  useEffect(() => {
    if (!tenant || tenant.id === asked) return
    void navigate({
      to: '.',
      search: ((search: Search) => ({ ...search, tenant: tenant.id })) as never,
      replace: true,
      resetScroll: false,
    })
  }, [tenant, asked, navigate])
}

/**
 * In an open list of several values Tab would take the marked one, and so give back what Enter has just taken: antd does that in every such
 * list. Here Tab leaves, and no more.
 */
function leaveWithTab(event: KeyboardEvent<HTMLElement>) {
  if (event.key === 'Tab' && (event.target as Element).closest('.ant-select-multiple')) event.stopPropagation()
}

export function Shell() {
  const theme = useTheme()
  const { lang, choose } = useLang()
  const session = useSessionQuery()
  const told = useMemo(() => session.data && toldIn(lang, session.data), [session.data, lang])
  const asked = (useSearch({ strict: false }) as Search).tenant
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const tenant = told && chosenTenant(told, asked)
  const live = useLive(tenant?.id ?? '')
  const look = useMemo(() => antdTheme(theme.name), [theme.name])
  const alone = pathname === '/welcome' || pathname === '/sign-in'
  // Whoever signs in sees other tenants than a guest.
  useTenantInAddress(alone ? undefined : tenant, asked)
  const surroundings = told &&
    tenant && {
      session: told,
      tenant,
      lang,
      setLang: choose,
      theme: theme.name,
      themeChoice: theme.choice,
      setTheme: theme.choose,
      live,
    }
  return (
    <ConfigProvider
      theme={look}
      locale={lang === 'zh' ? zhCN : enUS}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <App component={false}>
        {surroundings ? (
          <SurroundingsProvider value={surroundings}>
            <div className={alone ? 'shell alone' : 'shell'} onKeyDownCapture={leaveWithTab}>
              {!alone && (
                <a className="skip" href="#main">
                  {i18next.t('nav.skip')}
                </a>
              )}
              {!alone && <Sidebar />}
              <Outlet />
              {!alone && <BottomTabs />}
            </div>
          </SurroundingsProvider>
        ) : session.error ? (
          <Trouble error={session.error} what={i18next.t('brand.name')} retry={() => void session.refetch()} />
        ) : (
          <Coming />
        )}
      </App>
    </ConfigProvider>
  )
}
