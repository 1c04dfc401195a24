import { QueryClient, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  Catalogue,
  ComparingTrouble,
  Effect,
  Finding,
  FindingDetail,
  IndicatorBreakdown,
  IndicatorByCustomer,
  IndicatorComparison,
  IndicatorSummary,
  IndicatorsByCustomer,
  Journey,
  KnowledgeGraph,
  Overview,
  Session,
  Settings,
  Ticket,
  TicketDetail,
  TopicList,
  VoiceFacets,
  VoicePage,
  WeeklyReview,
} from '../../src/http/shapes.ts'
import { ApiProblem, call } from './client.ts'
import type { Search } from './search.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      // A refusal is an answer; only a silence or a broken server is asked again.
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500),
    },
  },
})

const UNFINISHED_MS = 2_500

/** While a filter changes, the older answer to the same question stays; never that of another tenant or another thing. */
export function staysWithin(key: readonly unknown[]) {
  return <T>(previous: T | undefined, query: { queryKey: readonly unknown[] } | undefined): T | undefined =>
    query?.queryKey[1] === key[1] && query?.queryKey[2] === key[2] ? previous : undefined
}

/** Keys begin with the subject and the tenant, so that a change on the wire can name what to ask again. */
export function useAsk<T>(
  subject: string,
  path: string,
  search: Search,
  enabled = true,
  unfinished?: (answer: T) => boolean,
) {
  const queryKey = [subject, search.tenant ?? '', path, search]
  return useQuery({
    queryKey,
    placeholderData: staysWithin(queryKey),
    queryFn: ({ signal }) => call<T>(path, search, { signal }),
    enabled,
    // What is still being made is asked for again, should nobody tell that it is there.
    refetchInterval: (query) => (query.state.data && unfinished?.(query.state.data as T) ? UNFINISHED_MS : false),
  })
}

export type FindingList = {
  findings: Finding[]
  ready: boolean
  trouble: ComparingTrouble | null
  period: Overview['period']
  shortened: boolean
  candidates: number
}

const sessionQuery = { queryKey: ['session'], queryFn: () => call<Session>('/session'), staleTime: 60_000 }
export const useSessionQuery = () => useQuery(sessionQuery)
export const useCatalogueQuery = (tenant: string) =>
  useAsk<Catalogue>('catalogue', '/catalogue', { tenant }, tenant !== '')
export const useOverview = (search: Search) => useAsk<Overview>('overview', '/overview', search)
export const useIndicator = (id: string, search: Search) =>
  useAsk<IndicatorSummary>('indicators', `/indicators/${id}`, search)
export const useByCustomer = (id: string, search: Search) =>
  useAsk<IndicatorByCustomer>('indicators', `/indicators/${id}/by-customer`, search)
export const useEachByCustomer = (search: Search) =>
  useAsk<IndicatorsByCustomer>('indicators', '/indicators/by-customer', search)
export const useBreakdown = (id: string, by: string, search: Search) =>
  useAsk<IndicatorBreakdown>('indicators', `/indicators/${id}/by/${by}`, search)
export const useComparison = (id: string, search: Search, enabled: boolean) =>
  useAsk<IndicatorComparison>('indicators', `/indicators/${id}/compare`, search, enabled)
export const useVoiceFacets = (search: Search) => useAsk<VoiceFacets>('voices', '/voices/facets', search)
export const useFindings = (search: Search) => useAsk<FindingList>('findings', '/findings', search)
export const useFinding = (id: string, search: Search) =>
  useAsk<FindingDetail>('findings', `/findings/${encodeURIComponent(id)}`, search)
export const useTickets = (search: Search) => useAsk<{ tickets: Ticket[] }>('tickets', '/tickets', search)
export const useTicket = (id: string, search: Search) =>
  useAsk<TicketDetail>('tickets', `/tickets/${encodeURIComponent(id)}`, search, id !== '')
export const useEffects = (search: Search) => useAsk<{ effects: Effect[] }>('effects', '/effects', search)
export const useOneEffect = (id: string, search: Search) =>
  useAsk<Effect>('effects', `/effects/${encodeURIComponent(id)}`, search)
export const useJourney = (search: Search) => useAsk<Journey>('journey', '/journey', search)
export const useGraph = (search: Search) =>
  useAsk<KnowledgeGraph>('graph', '/graph', search, true, (graph) => !graph.ready || graph.rereads.some(isOpen))
const isOpen = (one: { finishedAt: number | null }) => one.finishedAt === null
export const useTopics = (search: Search) => useAsk<TopicList>('graph', '/topics', search, true, (one) => !one.ready)
export const useReview = (search: Search) =>
  useAsk<WeeklyReview>('graph', '/review', search, true, (one) => !one.topicsReady)
export const useSettings = (search: Search) => useAsk<Settings>('settings', '/settings', search)

const PAGE = 30

export function useVoices(search: Search) {
  const queryKey = ['voices', search.tenant ?? '', 'pages', search]
  return useInfiniteQuery({
    queryKey,
    placeholderData: staysWithin(queryKey),
    queryFn: ({ pageParam, signal }) =>
      call<VoicePage>('/voices', { ...search, limit: String(PAGE), cursor: pageParam }, { signal }),
    initialPageParam: '',
    getNextPageParam: (last: VoicePage) => last.next,
  })
}

/** How many voices a filter would leave. */
export function useVoiceTotal(search: Search) {
  return useQuery({
    queryKey: ['voices', search.tenant ?? '', 'total', search],
    queryFn: ({ signal }) => call<VoicePage>('/voices', { ...search, limit: '1' }, { signal }),
    select: (page) => page.total,
  })
}

/** A change of state: sends it, then asks again for what it touched, and is done when that is there; at once where it does not wait. */
export function useSend<In, Out>(
  send: (input: In) => Promise<Out>,
  touched: readonly string[],
  { waits = true }: { waits?: boolean } = {},
) {
  const client = useQueryClient()
  return useMutation<Out, Error, In>({
    mutationFn: send,
    onSuccess: () => {
      const asked = Promise.all(touched.map((subject) => client.invalidateQueries({ queryKey: [subject] })))
      return waits ? asked : undefined
    },
  })
}
