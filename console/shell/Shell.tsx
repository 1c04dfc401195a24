import { Outlet, useNavigate, useRouterState, useSearch } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import i18next from 'i18next'
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import type { Session } from '../../src/http/shapes.ts'
import { ApiProblem } from '../api/client.ts'
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
import { doors, useWayBack } from './Go.tsx'
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

/** Who is not known to a server that shows nothing to strangers: there is only its door. */
const STRANGER: Session = { user: null, needsOwner: false, tenants: [], version: '' }
const NO_SHOP: Tenant = { id: '', name: '', nameEn: '', zone: 'UTC', simulated: false, canWrite: false, extent: null }

/** A link to a shop that a guest may not see was meant for somebody who signs in. */
const isForMembers = ({ user, needsOwner, tenants }: Session, asked: string | undefined): boolean =>
  user === null && !needsOwner && asked !== undefined && !tenants.some(({ id }) => id === asked)

/** Leads to the door, and remembers where to go back to. */
function useDoor(isShut: boolean, lang: Lang) {
  const navigate = useNavigate()
  const back = useWayBack()
  useEffect(() => {
    if (isShut) void navigate({ to: '/sign-in', search: { lang, back } as never, replace: true })
  }, [isShut, lang, back, navigate])
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
  const isStranger = session.error instanceof ApiProblem && session.error.status === 401
  const found = isStranger ? STRANGER : session.data
  const told = useMemo(() => found && toldIn(lang, found), [found, lang])
  const asked = (useSearch({ strict: false }) as Search).tenant
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const tenant = told && (isStranger ? NO_SHOP : chosenTenant(told, asked))
  const live = useLive(tenant?.id ?? '')
  const look = useMemo(() => antdTheme(theme.name), [theme.name])
  const alone = doors.includes(pathname)
  const isShut = told !== undefined && !alone && (isStranger || isForMembers(told, asked))
  useDoor(isShut, lang)
  // Whoever signs in sees other tenants than a guest.
  useTenantInAddress(alone || isShut ? undefined : tenant, asked)
  const surroundings = told &&
    tenant &&
    !isShut && {
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
        ) : session.error && !isStranger ? (
          <Trouble error={session.error} what={i18next.t('brand.name')} retry={() => void session.refetch()} />
        ) : (
          <Coming />
        )}
      </App>
    </ConfigProvider>
  )
}
