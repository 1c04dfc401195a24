import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type {
  IndicatorPreview,
  IndicatorSummary,
  OwnDefinition,
  OwnIndicator,
  OwnParts,
} from '../../src/http/shapes.ts'
import { call } from './client.ts'
import { useAsk, useSend } from './queries.ts'
import type { Search } from './search.ts'

interface IndicatorList {
  own: OwnIndicator[]
  figures: IndicatorSummary[]
}

/** Every indicator of the tenant in the chosen period, and what the tenant put together itself. */
export const useIndicatorList = (search: Search & { tenant: string }) =>
  useAsk<IndicatorList>('indicators', '/indicators', { ...search, figures: 'true' } as Search)

/** The indicators that the tenant put together, retired ones too. */
export const useOwnIndicators = (tenant: string) =>
  useAsk<Pick<IndicatorList, 'own'>>('indicators', '/indicators', { tenant })

/** What an indicator can be put together from. */
export const useOwnParts = (tenant: string) =>
  useQuery({
    // Not among the indicators: what can be counted does not change when one is kept, and it is a long question.
    queryKey: ['own-parts', tenant],
    queryFn: ({ signal }) => call<OwnParts>('/indicators/parts', { tenant }, { signal }),
    staleTime: 300_000,
  })

/** What a definition comes to; nothing is asked while there is none. The figure before stays until the next has come. */
export const useOwnPreview = (tenant: string, definition: OwnDefinition | null) =>
  useQuery({
    queryKey: ['own-preview', tenant, JSON.stringify(definition)],
    queryFn: ({ signal }) =>
      call<IndicatorPreview>('/indicators/preview', { tenant }, { method: 'POST', body: { definition }, signal }),
    enabled: definition !== null,
    placeholderData: keepPreviousData,
  })

const touched = ['indicators', 'catalogue', 'alerts']

/** Goes on as soon as it is kept: whoever is led to its page does not wait for every other figure to be asked again. */
export const useKeepOwn = (tenant: string) =>
  useSend(
    (body: { id?: string; definition: OwnDefinition }) =>
      call<OwnIndicator>('/indicators', { tenant }, { method: 'POST', body }),
    touched,
    { waits: false },
  )
export const useRetireOwn = (tenant: string, id: string) =>
  useSend(
    (retired: boolean) =>
      call<OwnIndicator>(`/indicators/${id}/retire`, { tenant }, { method: 'POST', body: { retired } }),
    touched,
  )
export const useForgetOwn = (tenant: string, id: string) =>
  useSend(() => call<{ id: string }>(`/indicators/${id}`, { tenant }, { method: 'DELETE' }), touched)
