import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { readAddress, stringifySearch, validSearch } from '../api/search.ts'
import { Coming, Crashed } from '../parts/states.tsx'
import { Missing } from './Missing.tsx'
import { Shell } from './Shell.tsx'

const root = createRootRoute({ component: Shell, validateSearch: validSearch, notFoundComponent: Missing })

const page = <M extends Record<'default', ComponentType>>(path: string, load: () => Promise<M>) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) })

/** An address from before: links that people have kept go on working, with their filters. */
const moved = (path: string, to: string) =>
  createRoute({
    getParentRoute: () => root,
    path,
    beforeLoad: ({ search }) => {
      throw redirect({ to, search: search as never, replace: true })
    },
  })

/** Every page is its own piece of the build; charts come with the pages that draw them. */
const pages = [
  page('/', () => import('../pages/overview/Overview.tsx')),
  page('/voices', () => import('../pages/voices/Voices.tsx')),
  page('/findings', () => import('../pages/findings/Findings.tsx')),
  page('/findings/$id', () => import('../pages/findings/FindingPage.tsx')),
  page('/graph', () => import('../pages/graph/GraphPage.tsx')),
  page('/topics', () => import('../pages/topics/Topics.tsx')),
  page('/review', () => import('../pages/review/ReviewPage.tsx')),
  page('/effects', () => import('../pages/effects/Effects.tsx')),
  page('/effects/$id', () => import('../pages/effects/EffectPage.tsx')),
  page('/tickets', () => import('../pages/tickets/Tickets.tsx')),
  page('/journey', () => import('../pages/journey/JourneyPage.tsx')),
  moved('/touchpoints', '/journey'),
  page('/modules', () => import('../pages/modules/Modules.tsx')),
  page('/modules/$id', () => import('../pages/modules/ModulePage.tsx')),
  page('/indicators', () => import('../pages/indicators/Catalogue.tsx')),
  page('/indicators/new', () => import('../pages/indicators/build/BuildPage.tsx')),
  page('/indicators/$id/edit', () => import('../pages/indicators/build/BuildPage.tsx')),
  page('/indicators/$id', () => import('../pages/indicators/IndicatorPage.tsx')),
  page('/live', () => import('../pages/live/LivePage.tsx')),
  page('/alerts', () => import('../pages/alerts/Alerts.tsx')),
  page('/alerts/$id', () => import('../pages/alerts/IncidentPage.tsx')),
  page('/surveys', () => import('../pages/surveys/Surveys.tsx')),
  page('/surveys/$id', () => import('../pages/surveys/SurveyPage.tsx')),
  page('/sources', () => import('../pages/sources/Sources.tsx')),
  page('/sources/$id', () => import('../pages/sources/SourcePage.tsx')),
  page('/packs', () => import('../pages/packs/Packs.tsx')),
  page('/packs/$id', () => import('../pages/packs/PackPage.tsx')),
  page('/settings', () => import('../pages/settings/SettingsPage.tsx')),
  page('/welcome', () => import('../pages/account/Welcome.tsx')),
  page('/sign-in', () => import('../pages/account/SignIn.tsx')),
  page('/more', () => import('../pages/account/More.tsx')),
]

export const router = createRouter({
  routeTree: root.addChildren(pages),
  parseSearch: readAddress,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: Coming,
  defaultErrorComponent: ({ error }) => <Crashed error={error instanceof Error ? error : new Error(String(error))} />,
  scrollRestoration: true,
})
