import {
  AudioLines,
  BellRing,
  BookOpen,
  Boxes,
  Cable,
  ChartSpline,
  ClipboardList,
  Lightbulb,
  ListChecks,
  type LucideIcon,
  Radio,
  Route,
  Scale,
  Settings,
  Share2,
  Sunrise,
  Ticket,
  TrendingUp,
} from 'lucide-react'

export interface Room {
  to: string
  name:
    | 'overview'
    | 'voices'
    | 'findings'
    | 'graph'
    | 'topics'
    | 'packs'
    | 'review'
    | 'journey'
    | 'modules'
    | 'indicators'
    | 'live'
    | 'alerts'
    | 'tickets'
    | 'effects'
    | 'sources'
    | 'surveys'
    | 'settings'
  Icon: LucideIcon
}

export const overviewRoom: Room = { to: '/', name: 'overview', Icon: Sunrise }
export const settingsRoom: Room = { to: '/settings', name: 'settings', Icon: Settings }

/** The navigation is the loop: listen, understand, measure, act, prove. */
export const loop = [
  {
    glyph: '听',
    name: 'listen',
    rooms: [
      { to: '/voices', name: 'voices', Icon: AudioLines },
      { to: '/surveys', name: 'surveys', Icon: ListChecks },
      { to: '/sources', name: 'sources', Icon: Cable },
    ],
  },
  {
    glyph: '懂',
    name: 'understand',
    rooms: [
      { to: '/findings', name: 'findings', Icon: Lightbulb },
      { to: '/graph', name: 'graph', Icon: Share2 },
      { to: '/topics', name: 'topics', Icon: TrendingUp },
      { to: '/packs', name: 'packs', Icon: BookOpen },
    ],
  },
  {
    glyph: '量',
    name: 'measure',
    rooms: [
      { to: '/journey', name: 'journey', Icon: Route },
      { to: '/modules', name: 'modules', Icon: Boxes },
      { to: '/indicators', name: 'indicators', Icon: ChartSpline },
      { to: '/live', name: 'live', Icon: Radio },
      { to: '/alerts', name: 'alerts', Icon: BellRing },
    ],
  },
  {
    glyph: '动',
    name: 'act',
    rooms: [
      { to: '/tickets', name: 'tickets', Icon: Ticket },
      { to: '/review', name: 'review', Icon: ClipboardList },
    ],
  },
  { glyph: '验', name: 'prove', rooms: [{ to: '/effects', name: 'effects', Icon: Scale }] },
] as const satisfies { glyph: string; name: string; rooms: Room[] }[]

export const phoneTabs: Room[] = [overviewRoom, loop[0].rooms[0], loop[1].rooms[0], loop[3].rooms[0]]
export const phoneMore: Room[] = [
  loop[0].rooms[1],
  loop[0].rooms[2],
  loop[1].rooms[1],
  loop[1].rooms[2],
  loop[1].rooms[3],
  loop[3].rooms[1],
  loop[2].rooms[0],
  loop[2].rooms[1],
  loop[2].rooms[2],
  loop[2].rooms[3],
  loop[2].rooms[4],
  loop[4].rooms[0],
  settingsRoom,
]

/** The room an address belongs to, for marking it in the navigation. */
export function isIn(pathname: string, to: string): boolean {
  if (to === '/') return pathname === '/'
  return pathname === to || pathname.startsWith(`${to}/`)
}
