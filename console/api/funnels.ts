import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { DropOff, Funnel, FunnelParts, FunnelResult, KeptFunnel, Live } from '../../src/http/shapes.ts'
import { call } from './client.ts'
import { useSend } from './queries.ts'
import type { Search } from './search.ts'

type Where = { tenant: string }
export type LiveSpan = Live['span']

/** Between what the server tells by itself: a minute passes even where nothing comes in. */
const TICK_MS = 30_000

export const useLiveFigures = ({ tenant }: Where, funnel: string | undefined, span: LiveSpan) =>
  useQuery({
    queryKey: ['live', tenant, funnel ?? '', span],
    queryFn: ({ signal }) => call<Live>('/live', { tenant, funnel, span }, { signal }),
    refetchInterval: TICK_MS,
    placeholderData: (previous, query) => (query?.queryKey[1] === tenant ? previous : undefined),
  })

export const useLiveTicket = ({ tenant }: Where) =>
  useSend(
    (body: { funnel?: string | undefined; span: LiveSpan }) =>
      call<{ id: string }>('/live/ticket', { tenant }, { method: 'POST', body }),
    ['tickets'],
  )

export const useFunnels = ({ tenant }: Where) =>
  useQuery({
    queryKey: ['funnels', tenant, 'list'],
    queryFn: ({ signal }) => call<{ funnels: KeptFunnel[] }>('/funnels', { tenant }, { signal }),
  })

export const useFunnelParts = ({ tenant }: Where) =>
  useQuery({
    queryKey: ['funnels', tenant, 'parts'],
    queryFn: ({ signal }) => call<FunnelParts>('/funnels/parts', { tenant }, { signal }),
    staleTime: 300_000,
  })

export const useFunnelResult = (search: Search, funnel: string | undefined) =>
  useQuery({
    queryKey: ['funnels', search.tenant, 'result', search, funnel ?? ''],
    queryFn: ({ signal }) => call<FunnelResult>('/funnels/result', { ...search, funnel }, { signal }),
    placeholderData: keepPreviousData,
  })

export const useDropOff = (search: Search, funnel: string | undefined, step: number) =>
  useQuery({
    queryKey: ['funnels', search.tenant, 'drop-off', search, funnel ?? '', step],
    queryFn: ({ signal }) => call<DropOff>('/funnels/drop-off', { ...search, funnel, step: String(step) }, { signal }),
    enabled: step >= 0,
  })

export const useKeepFunnel = ({ tenant }: Where) =>
  useSend(
    (body: { name: string; funnel: Funnel }) => call<KeptFunnel>('/funnels', { tenant }, { method: 'POST', body }),
    ['funnels'],
  )
export const useForgetFunnel = ({ tenant }: Where) =>
  useSend(
    (id: string) => call<{ id: string }>(`/funnels/${encodeURIComponent(id)}`, { tenant }, { method: 'DELETE' }),
    ['funnels'],
  )
