import { Button } from 'antd'
import { Clock3 } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/client.ts'
import { Go } from '../shell/Go.tsx'
import { useFormat, useSurroundings } from '../shell/surroundings.tsx'
import { useTenantSwitch } from '../shell/TenantMenu.tsx'
import './states.css'

type Picture = 'horizon' | 'lost' | 'broken'

/** A star below the horizon, a glass that finds nothing, a loop that broke. */
function Drawing({ picture }: { picture: Picture }) {
  if (picture === 'horizon')
    return (
      <svg viewBox="0 0 140 60" width="140" height="60" aria-hidden="true">
        <path d="M12 50a58 46 0 0 1 116 0Z" fill="var(--goldBg)" />
        <path
          d="M36 50a34 34 0 0 1 68 0"
          fill="none"
          stroke="var(--ciLine)"
          strokeWidth="2.5"
          strokeDasharray="3 5"
          strokeLinecap="round"
        />
        <path d="M70 34c1.3 8 4.8 12 12 13.5V50H58v-2.5c7.2-1.5 10.7-5.5 12-13.5Z" fill="var(--gold)" />
        <path d="M2 50h136" stroke="var(--lineStrong)" strokeWidth="1.5" />
      </svg>
    )
  if (picture === 'lost')
    return (
      <svg viewBox="0 0 140 60" width="140" height="60" fill="none" aria-hidden="true">
        <path d="M12 52h116" stroke="var(--lineStrong)" strokeWidth="1.5" />
        <g fill="var(--context)">
          <circle cx="26" cy="44" r="3" />
          <circle cx="44" cy="36" r="3" />
          <circle cx="112" cy="44" r="3" />
        </g>
        <circle cx="76" cy="24" r="18" stroke="var(--ciLine)" strokeWidth="3" />
        <path d="m89 37 11 13M68 24h16" stroke="var(--ciLine)" strokeWidth="3.5" strokeLinecap="round" />
      </svg>
    )
  return (
    <svg viewBox="0 0 140 70" width="140" height="70" fill="none" aria-hidden="true">
      <circle
        cx="70"
        cy="36"
        r="27"
        stroke="var(--lineStrong)"
        strokeWidth="3.5"
        strokeDasharray="66 14 40 14"
        strokeLinecap="round"
      />
      <path d="m38 44 8 2M98 32l8-4" stroke="var(--neg)" strokeWidth="3" strokeLinecap="round" />
      <path
        d="M70 26c1 7 3.5 9.5 10 10-6.5.8-9 3.3-10 10-1-6.7-3.5-9.2-10-10 6.5-.5 9-3 10-10Z"
        fill="var(--context)"
      />
    </svg>
  )
}

interface MessageProps {
  picture: Picture
  title: string
  help?: ReactNode
  children?: ReactNode
}

/** An empty or failed place: what is the matter, and what to do about it. */
export function Message({ picture, title, help, children }: MessageProps) {
  return (
    <div className="message">
      <Drawing picture={picture} />
      <h2>{title}</h2>
      {help && <div className="help">{help}</div>}
      {children && <div className="ways">{children}</div>}
    </div>
  )
}

function useWhy(error: unknown): { why: string; remedy?: string; reference: string; signedOut: boolean } {
  const { t, i18n } = useTranslation()
  if (!(error instanceof ApiProblem)) return { why: t('state.server'), reference: 'UI', signedOut: false }
  const { status, reference } = error
  // What the server says in English alone helps nobody who reads Chinese.
  const { message, remedy } = i18n.language === 'en' ? error : { message: '', remedy: undefined, ...error.zh }
  const signedOut = status === 401
  const plain =
    status === 0
      ? t('state.unreachable')
      : signedOut
        ? t('state.signedOut')
        : status === 403
          ? t('state.forbidden')
          : ''
  const found = plain || (status === 404 ? t('state.missing') : message || t('state.server'))
  return { why: found, remedy, reference, signedOut }
}

/** What happened, what is not lost, the next step, a number to quote. */
export function Trouble({ error, what = '', retry }: { error: unknown; what?: string; retry?: () => void }) {
  const { t } = useTranslation()
  const { why, remedy, reference, signedOut } = useWhy(error)
  const missing = error instanceof ApiProblem && error.status === 404
  const help = (
    <>
      <p>{why}</p>
      {remedy && <p>{remedy}</p>}
      {!signedOut && !missing && <p>{t('state.safe')}</p>}
    </>
  )
  return (
    <div role="alert">
      <Message picture="broken" title={t('state.failed', { what })} help={help}>
        {signedOut && <Go to="/sign-in">{t('shell.signIn')}</Go>}
        {missing && <Go to="/">{t('state.home')}</Go>}
        {retry && !missing && (
          <Button type="primary" onClick={retry}>
            {t('state.retry')}
          </Button>
        )}
        <span className="aux num">{t('state.reference', { n: reference })}</span>
      </Message>
    </div>
  )
}

/** What browsers and the bundler say where a piece of the console could not be fetched. */
const pieceLost = /dynamically imported|importing a module|preload css/i

/** A page that threw. The address it was on and the rest of the console stay. */
export function Crashed({ error }: { error: Error }) {
  const { t } = useTranslation()
  return (
    <main className="content" role="alert">
      <Message
        picture="broken"
        title={t('state.crashed')}
        help={t(pieceLost.test(error.message) ? 'state.pieceLost' : 'state.crashedHelp')}
      >
        <Button type="primary" onClick={() => location.reload()}>
          {t('state.reload')}
        </Button>
        <code>{error.message.slice(0, 120)}</code>
      </Message>
    </main>
  )
}

/** After so long a person wonders whether anything is still going on. */
const LONG_MS = 5_000

/** Shows its content only after a while (300 ms), so that quick answers do not flicker. */
export function Later({ ms = 300, children }: { ms?: number; children: ReactNode }) {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return shown ? children : null
}

/** Grey bars in the shape of what is coming: one card for each number, so many lines high. */
function Skeleton({ cards }: { cards: readonly number[] }) {
  const { t } = useTranslation()
  return (
    <Later>
      <div className="stack skeleton" role="status" aria-label={t('state.loading')}>
        <Later ms={LONG_MS}>
          <p className="aux">{t('state.longer')}</p>
        </Later>
        {cards.map((lines, card) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no identity
          <div className="card" key={card}>
            {Array.from({ length: lines }, (_, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <i key={line} style={{ width: `${90 - ((line * 37) % 55)}%` }} />
            ))}
          </div>
        ))}
      </div>
    </Later>
  )
}

interface Asked<T> {
  data: T | undefined
  error: unknown
  isPending: boolean
  dataUpdatedAt: number
  refetch: () => unknown
}

interface AnswerProps<T> {
  of: Asked<T>
  what: string
  cards: readonly number[]
  children: (data: T) => ReactNode
}

/** The console before anybody knows who is there, and a page whose piece of the build is on its way: never nothing. */
export function Coming() {
  return (
    <div className="page">
      <main className="content plain">
        <Skeleton cards={[2, 6, 8]} />
      </main>
    </div>
  )
}

/** One question's answer: a skeleton, an error, or the data, with a banner above it where the last update failed. */
export function Answer<T>({ of, what, cards, children }: AnswerProps<T>) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  if (of.data === undefined) {
    if (of.error) return <Trouble error={of.error} what={what} retry={() => void of.refetch()} />
    return <Skeleton cards={cards} />
  }
  return (
    <>
      {Boolean(of.error) && (
        <div className="stale" role="status">
          <Clock3 size={15} strokeWidth={1.75} aria-hidden />
          <span>{t('state.stale', { time: moment(of.dataUpdatedAt) })}</span>
          <button type="button" className="bare" onClick={() => void of.refetch()}>
            {t('state.retry')}
          </button>
        </div>
      )}
      {children(of.data)}
    </>
  )
}

/** Nothing is recorded of what a page or a part of it tells: what it needs, and the way to it. */
export function NoRecords({ title, help, link }: { title: string; help: string; link: string }) {
  return (
    <div className="card">
      <Message picture="horizon" title={title} help={help}>
        <Go to="/sources" className="primary-link">
          {link}
        </Go>
      </Message>
    </div>
  )
}

/** A tenant into which nothing was imported yet: how to begin, and where to look meanwhile. */
export function EmptyTenant() {
  const { session } = useSurroundings()
  return <div className="card">{session.user ? <Begin /> : <EnterFirst />}</div>
}

/** Who has not signed in reads the demo market only; where that was not made, there is nothing to read, and nothing they may import. */
function EnterFirst() {
  const { t } = useTranslation()
  const { session } = useSurroundings()
  const way = session.needsOwner ? 'createOwner' : 'signIn'
  return (
    <Message picture="horizon" title={t('state.noDemo')} help={<p>{t(`state.noDemoHelp.${way}`)}</p>}>
      <Go to={session.needsOwner ? '/welcome' : '/sign-in'} className="primary-link">
        {t(`shell.${way}`)}
      </Go>
    </Message>
  )
}

function Begin() {
  const { t } = useTranslation()
  const { tenant, session } = useSurroundings()
  const move = useTenantSwitch()
  const demo = session.tenants.find((one) => one.simulated && one.id !== tenant.id)
  return (
    <Message picture="horizon" title={t('state.empty', { name: tenant.name })} help={<p>{t('state.emptyHelp')}</p>}>
      <Go to="/sources" className="primary-link">
        {t('state.bringFile')}
      </Go>
      {demo && (
        <button type="button" className="bare link-like" onClick={() => move(demo.id)}>
          {t('state.toDemo')}
        </button>
      )}
      <span className="aux">{t('state.emptyFormats')}</span>
      <details className="by-command">
        <summary className="aux">{t('state.emptyCommand')}</summary>
        <pre className="command">./daystar import reviews-csv reviews.csv --tenant {tenant.id}</pre>
      </details>
    </Message>
  )
}
