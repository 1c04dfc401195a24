import { useRouterState } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useAlerts } from '../api/alerts.ts'
import { useTickets } from '../api/queries.ts'
import { count } from '../words/format.ts'
import { Go } from './Go.tsx'
import { Mark } from './Mark.tsx'
import { isIn, loop, overviewRoom, phoneMore, phoneTabs, type Room, settingsRoom } from './rooms.ts'
import './sidebar.css'
import { useSurroundings } from './surroundings.tsx'
import { TenantMenu } from './TenantMenu.tsx'

function RoomLink({ room, pathname, badge }: { room: Room; pathname: string; badge?: number }) {
  const { t } = useTranslation()
  const here = isIn(pathname, room.to)
  const name = t(`nav.${room.name}`)
  return (
    <Go to={room.to} className={here ? 'room here' : 'room'} title={name}>
      <room.Icon size={16} strokeWidth={1.75} aria-hidden />
      <span className="name">{name}</span>
      {badge ? <span className="badge num">{count(badge)}</span> : null}
      {here && <span className="hidden" aria-current="page" />}
    </Go>
  )
}

function useOpenTickets(): number {
  const { tenant } = useSurroundings()
  const { data } = useTickets({ tenant: tenant.id })
  return data?.tickets.filter((ticket) => ticket.state !== 'closed').length ?? 0
}

/** Incidents that nobody has seen yet. */
function useNewIncidents(): number {
  const { tenant } = useSurroundings()
  const { data } = useAlerts({ tenant: tenant.id })
  return data?.open.filter((one) => one.told && one.acknowledgedBy === null).length ?? 0
}

export function Sidebar() {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const badges: Record<string, number> = { '/tickets': useOpenTickets(), '/alerts': useNewIncidents() }
  return (
    <nav className="sidebar" aria-label={t('nav.main')}>
      <div className="lockup">
        <Mark />
        <div className="names">
          <Go to="/" className="brand">
            {t('brand.name')}
          </Go>
          <TenantMenu />
        </div>
      </div>
      <RoomLink room={overviewRoom} pathname={pathname} />
      {loop.map((group) => (
        <div className="group" key={group.glyph}>
          <span className={lang === 'zh' ? 'glyph' : 'glyph word'} aria-hidden="true">
            {lang === 'zh' ? group.glyph : t(`nav.${group.name}`)}
          </span>
          <span className="glyph short" aria-hidden="true">
            {group.glyph}
          </span>
          {group.rooms.map((room) => (
            <RoomLink key={room.to} room={room} pathname={pathname} badge={badges[room.to]} />
          ))}
        </div>
      ))}
      <div className="foot">
        <RoomLink room={settingsRoom} pathname={pathname} />
      </div>
    </nav>
  )
}

/** On a phone: four rooms and 更多. */
export function BottomTabs() {
  const { t } = useTranslation()
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const open = useOpenTickets()
  const inMore = pathname === '/more' || phoneMore.some((room) => isIn(pathname, room.to))
  return (
    <nav className="tabs" aria-label={t('nav.main')}>
      {phoneTabs.map((room) => (
        <Go key={room.to} to={room.to} className={isIn(pathname, room.to) ? 'tab here' : 'tab'}>
          <room.Icon size={20} strokeWidth={1.75} aria-hidden />
          {room.to === '/tickets' && open > 0 && <i className="dot" />}
          {t(`nav.${room.name}`)}
        </Go>
      ))}
      <Go to="/more" className={inMore ? 'tab here' : 'tab'}>
        <Ellipsis size={20} strokeWidth={1.75} aria-hidden />
        {t('nav.more')}
      </Go>
    </nav>
  )
}
