import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { DriverTable, LedgerAnswer } from '../../src/http/shapes.ts'
import { call } from './client.ts'
import type { Search } from './search.ts'

/** A model takes seconds; what it said holds until the data change, which the wire tells. */
const HOLDS_MS = 5 * 60_000

/** All factors of an outcome side by side in a slice. */
export const useDrivers = (outcome: string, search: Search) =>
  useQuery({
    queryKey: ['findings', search.tenant ?? '', 'drivers', outcome, search],
    queryFn: ({ signal }) => call<DriverTable>('/drivers', { ...search, outcome } as Search, { signal }),
    staleTime: HOLDS_MS,
  })

export const useLedger = (search: Search, enabled: boolean) =>
  useQuery({
    queryKey: ['findings', search.tenant ?? '', 'ledger', search],
    queryFn: ({ signal }) => call<LedgerAnswer>('/drivers/ledger', search, { signal }),
    placeholderData: keepPreviousData,
    staleTime: HOLDS_MS,
    enabled,
  })
