import { Button, Dropdown, type MenuProps } from 'antd'
import { ChevronRight, Moon, Search as SearchIcon, Sun, SunMoon, UserRound } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSignOut } from '../api/actions.ts'
import type { ThemeChoice } from '../look/boot.ts'
import { Go, useGo } from './Go.tsx'
import { useAddress, useSurroundings } from './surroundings.tsx'

function SearchBox() {
  const { t } = useTranslation()
  const { text: asked = '' } = useAddress()
  const [text, setText] = useState(asked)
  const input = useRef<HTMLInputElement>(null)
  const go = useGo()
  useEffect(() => setText(asked), [asked])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      input.current?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    go({ to: '/voices', ask: { text: text.trim() } })
  }
  return (
    <search>
      <form className="search" onSubmit={submit}>
        <SearchIcon size={15} strokeWidth={1.75} aria-hidden />
        <input
          ref={input}
          type="search"
          value={text}
          placeholder={t('shell.search')}
          aria-label={t('shell.search')}
          title={t('shell.searchHint')}
          onChange={(event) => setText(event.target.value)}
        />
        <kbd>⌘K</kbd>
      </form>
    </search>
  )
}

const themeIcon = { light: Sun, dark: Moon, system: SunMoon }

export function ThemeButton() {
  const { t } = useTranslation()
  const { themeChoice, setTheme } = useSurroundings()
  const Icon = themeIcon[themeChoice]
  const choices: ThemeChoice[] = ['light', 'dark', 'system']
  const items = choices.map((key) => ({ key, label: t(`shell.${key}`), onClick: () => setTheme(key) }))
  return (
    <Dropdown menu={{ items, selectable: true, selectedKeys: [themeChoice] }} trigger={['click']}>
      <Button
        type="text"
        aria-label={`${t('shell.theme')}: ${t(`shell.${themeChoice}`)}`}
        icon={<Icon size={16} strokeWidth={1.75} />}
      />
    </Dropdown>
  )
}

export function LangButton() {
  const { t } = useTranslation()
  const { lang, setLang } = useSurroundings()
  const other = lang === 'zh' ? 'en' : 'zh'
  return (
    <Button
      type="text"
      className="lang"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      title={t('shell.language')}
      onClick={() => setLang(other)}
    >
      {other === 'zh' ? '中' : 'EN'}
    </Button>
  )
}

function AccountMenu() {
  const { t } = useTranslation()
  const { session } = useSurroundings()
  const signOut = useSignOut()
  const go = useGo()
  const guest: MenuProps['items'] = [
    { key: 'who', label: t('shell.guest'), disabled: true },
    session.needsOwner
      ? { key: 'owner', label: t('shell.createOwner'), onClick: () => go({ to: '/welcome' }) }
      : { key: 'in', label: t('shell.signIn'), onClick: () => go({ to: '/sign-in' }) },
  ]
  const member: MenuProps['items'] = [
    { key: 'who', label: session.user?.name, disabled: true },
    { key: 'settings', label: t('nav.settings'), onClick: () => go({ to: '/settings' }) },
    { key: 'out', label: t('shell.signOut'), onClick: () => signOut.mutate(undefined) },
  ]
  return (
    <Dropdown menu={{ items: session.user ? member : guest }} trigger={['click']} placement="bottomRight">
      <button type="button" className="bare avatar" aria-label={t('shell.account')}>
        {session.user ? [...session.user.name][0] : <UserRound size={15} strokeWidth={1.75} aria-hidden />}
      </button>
    </Dropdown>
  )
}

interface HeaderProps {
  title: string
  crumb?: { to: string; label: string }
  extra?: ReactNode
}

export function Header({ title, crumb, extra }: HeaderProps) {
  const { t } = useTranslation()
  return (
    <header className="header">
      <div className="titles">
        {crumb && (
          <>
            <Go to={crumb.to} className="crumb">
              {crumb.label}
            </Go>
            <ChevronRight size={14} strokeWidth={1.75} aria-hidden className="crumb-mark" />
          </>
        )}
        <h1 tabIndex={-1}>{title}</h1>
        {extra}
      </div>
      <SearchBox />
      <Go to="/voices" className="search-icon" aria-label={t('shell.search')}>
        <SearchIcon size={20} strokeWidth={1.75} aria-hidden />
      </Go>
      <div className="tools">
        <LangButton />
        <ThemeButton />
      </div>
      <AccountMenu />
    </header>
  )
}
