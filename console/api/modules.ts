import { useQuery } from '@tanstack/react-query'
import type {
  ModuleFigure,
  ModuleGroups,
  ModuleList,
  ModuleNote,
  ModuleOwner,
  ModuleReview,
  ModulesByCustomer,
  ModuleTarget,
  Ticket,
} from '../../src/http/shapes.ts'
import { call } from './client.ts'
import { staysWithin, useSend } from './queries.ts'
import type { Search } from './search.ts'

type Asked = Search & { tenant: string }
type Where = { tenant: string }
const at = (id: string) => encodeURIComponent(id)
const post = (body: unknown) => ({ method: 'POST', body }) as const

function useAsked<T>(path: string, search: Asked & { kpi?: string }) {
  const queryKey = ['modules', search.tenant, path, search]
  return useQuery({
    queryKey,
    placeholderData: staysWithin(queryKey),
    queryFn: ({ signal }) => call<T>(path, search, { signal }),
  })
}

export const useModules = (search: Asked) => useAsked<ModuleList>('/modules', search)
export const useModulesByCustomer = (search: Asked) => useAsked<ModulesByCustomer>('/modules/by-customer', search)
export const useModule = (id: string, search: Asked) => useAsked<ModuleReview>(`/modules/${at(id)}`, search)
export const useModuleGroups = (id: string, search: Asked & { kpi: string }) =>
  useAsked<ModuleGroups>(`/modules/${at(id)}/where`, search)

export const useSetTarget = (where: Where, id: string) =>
  useSend(
    (body: { kpi: string; target: ModuleTarget | null }) =>
      call<unknown>(`/modules/${at(id)}/target`, where, post(body)),
    ['modules'],
  )
export const useLayInto = (where: Where, id: string) =>
  useSend((body: ModuleFigure) => call<ModuleFigure>(`/modules/${at(id)}/figures`, where, post(body)), ['modules'])
export const useSetOwner = (where: Where, id: string) =>
  useSend((body: ModuleOwner) => call<ModuleOwner>(`/modules/${at(id)}/owner`, where, post(body)), ['modules'])

export interface NewNote {
  from: string
  to: string
  text: string
  decisions: string[]
  actions: { what: string; department: string; due: string | null }[]
}
export const useKeepNote = (where: Where, id: string) =>
  useSend(
    (body: NewNote) => call<ModuleNote>(`/modules/${at(id)}/notes`, where, post(body)),
    ['modules', 'tickets', 'overview'],
  )
export const useDropNote = (where: Where, id: string) =>
  useSend(
    (note: string) => call<unknown>(`/modules/${at(id)}/notes/${at(note)}`, where, { method: 'DELETE' }),
    ['modules'],
  )
export const useTicketOfKpi = (where: Where, id: string) =>
  useSend(
    (kpi: string) => call<Ticket>(`/modules/${at(id)}/ticket`, where, post({ kpi })),
    ['modules', 'tickets', 'overview'],
  )
