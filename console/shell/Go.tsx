import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import type { ComponentProps, ReactNode } from 'react'
import { carried, type Search } from '../api/search.ts'
import { useAddress } from './surroundings.tsx'

interface Destination {
  to: string
  /** What the other page is asked beyond the tenant and the slice, which come along. */
  ask?: Search
}

/** Whoever signs in comes back to where they were; from one door to the other the way back goes along. */
export function useWayBack(): string | undefined {
  const { pathname, href, search } = useRouterState({ select: (state) => state.location })
  return doors.includes(pathname) ? (search as Search).back : href
}

/** Pages without a shop around them. */
export const doors: readonly string[] = ['/welcome', '/sign-in']

type GoProps = Destination & { children?: ReactNode; className?: string } & Pick<
    ComponentProps<'a'>,
    'aria-label' | 'title' | 'lang' | 'onClick'
  >

/** A link within the console: tenant, language and filters go along. */
export function Go({ to, ask, ...rest }: GoProps) {
  const address = useAddress()
  const back = useWayBack()
  return <Link to={to} search={carried(address, doors.includes(to) ? { back } : ask) as never} {...rest} />
}

/** The same, for what happens after an action. */
export function useGo(): (destination: Destination, options?: { replace?: boolean }) => void {
  const address = useAddress()
  const navigate = useNavigate()
  const back = useWayBack()
  return ({ to, ask }, options) =>
    void navigate({ to, search: carried(address, doors.includes(to) ? { back } : ask) as never, ...options })
}

/** Changes what this page is asked and stays on it. */
export function useAsking(): (change: (search: Search) => Search, options?: { replace?: boolean }) => void {
  const navigate = useNavigate()
  return (change, options) =>
    void navigate({ to: '.', search: ((search: Search) => change(search)) as never, resetScroll: false, ...options })
}
