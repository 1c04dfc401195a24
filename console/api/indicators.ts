import { useQueries } from '@tanstack/react-query'
import type { IndicatorSummary } from '../../src/http/shapes.ts'
import { call } from './client.ts'
import { useCatalogueQuery } from './queries.ts'
import type { Search } from './search.ts'

/** Every indicator of the tenant in the chosen period. */
export function useIndicatorList(search: Search & { tenant: string }) {
  const catalogue = useCatalogueQuery(search.tenant)
  const ids = catalogue.data?.indicators.map((one) => one.id) ?? []
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: ['indicators', search.tenant, `/indicators/${id}`, search],
      queryFn: ({ signal }: { signal: AbortSignal }) => call<IndicatorSummary>(`/indicators/${id}`, search, { signal }),
    })),
    combine: (all) => ({
      data: all.length > 0 && all.every((one) => one.data) ? all.map((one) => one.data!) : undefined,
      error: catalogue.error ?? all.find((one) => one.error)?.error ?? null,
      isPending: all.length === 0 || all.some((one) => one.isPending),
      dataUpdatedAt: Math.min(...all.map((one) => one.dataUpdatedAt)),
      refetch: () => Promise.all(all.map((one) => one.refetch())),
    }),
  })
}
