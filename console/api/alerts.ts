import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import type {
  AlarmRows,
  AlertList,
  AlertPreview,
  AlertRuleDraft,
  AlertRules,
  Incident,
  IncidentDetail,
  PastIncidents,
  TenantRule,
} from '../../src/http/shapes.ts'
import { call } from './client.ts'
import { useSend } from './queries.ts'

type Where = { tenant: string }
const post = (body: unknown) => ({ method: 'POST', body }) as const
const at = (id: string) => encodeURIComponent(id)
/** A round that is going on is asked for again, should nobody tell that it is done. */
const UNFINISHED_MS = 4_000

export const useAlerts = ({ tenant }: Where) =>
  useQuery({
    queryKey: ['alerts', tenant],
    queryFn: ({ signal }) => call<AlertList>('/alerts', { tenant }, { signal }),
    refetchInterval: (query) => (query.state.data?.ready === false ? UNFINISHED_MS : false),
  })

/** What was over before the latest past incidents of the list, page by page. */
export const useOlderPast = ({ tenant }: Where, { olderPast }: AlertList) =>
  useInfiniteQuery({
    queryKey: ['alerts', tenant, 'past', olderPast],
    initialPageParam: olderPast,
    queryFn: ({ pageParam, signal }) =>
      call<PastIncidents>('/alerts/past', { tenant, cursor: pageParam ?? '' }, { signal }),
    getNextPageParam: ({ older }) => older,
    enabled: false,
  })

/** `series` is the dimension and the segment whose line is drawn; the leading one where it is not given. */
export const useIncident = (
  { tenant }: Where,
  id: string,
  series: { rule: string; dimension: string; segment: string } | null,
) =>
  useQuery({
    queryKey: ['alerts', tenant, id, series],
    queryFn: ({ signal }) => call<IncidentDetail>(`/alerts/${at(id)}`, { tenant, ...series }, { signal }),
  })

/** The records behind one of its series, page by page; the first page of its peak came with the incident. */
export const useAlarmRows = (
  { tenant }: Where,
  { id, evidence, evidenceTotal, chart }: IncidentDetail,
  span: 'peak' | 'whole',
) => {
  const series = { rule: chart.ruleId, dimension: chart.dimension, segment: chart.segment }
  return useInfiniteQuery({
    queryKey: ['alerts', tenant, id, 'evidence', series, span],
    queryFn: ({ pageParam, signal }) =>
      call<AlarmRows>(`/alerts/${at(id)}/evidence`, { tenant, ...series, span, offset: String(pageParam) }, { signal }),
    initialPageParam: 0,
    ...(span === 'peak' && {
      initialData: { pages: [{ rows: evidence, total: evidenceTotal }], pageParams: [0] },
      staleTime: Number.POSITIVE_INFINITY,
    }),
    getNextPageParam: ({ total }: AlarmRows, pages: AlarmRows[]) => {
      const listed = pages.reduce((sum, page) => sum + page.rows.length, 0)
      return listed < total ? listed : undefined
    },
  })
}

export const useAlertRules = ({ tenant }: Where) =>
  useQuery({
    queryKey: ['alerts', tenant, 'rules'],
    queryFn: ({ signal }) => call<AlertRules>('/alert-rules', { tenant }, { signal }),
  })

export type Handling =
  | { what: 'acknowledge' | 'wake' | 'false_alarm' | 'true_alarm'; note?: string }
  | { what: 'snooze'; until: number; note?: string }
  | { what: 'mute'; rule: string; dimension: string; segment: string; note?: string }

export const useHandle = (where: Where, id: string) =>
  useSend((body: Handling) => call<Incident>(`/alerts/${at(id)}/handle`, where, post(body)), ['alerts'])
type SeriesName = { rule: string; dimension: string; segment: string }
/** Answers the incident that the series are now. */
export const useSplit = (where: Where, id: string) =>
  useSend((body: { series: SeriesName[] }) => call<Incident>(`/alerts/${at(id)}/split`, where, post(body)), ['alerts'])
export const useMerge = (where: Where, id: string) =>
  useSend(
    (body: { other: string; note: string }) => call<Incident>(`/alerts/${at(id)}/merge`, where, post(body)),
    ['alerts'],
  )
export const useUnmute = (where: Where) =>
  useSend((body: SeriesName) => call<null>('/alerts/unmute', where, post(body)), ['alerts'])
/** Wakes an incident from a list, where each row is another one. */
export const useWake = (where: Where) =>
  useSend((id: string) => call<Incident>(`/alerts/${at(id)}/handle`, where, post({ what: 'wake' })), ['alerts'])
export const useAlertTicket = (where: Where, id: string) =>
  useSend(() => call<Incident>(`/alerts/${at(id)}/ticket`, where, post({})), ['alerts', 'tickets', 'overview'])

/** What a draft would have told; nothing is kept. */
export const usePreview = (where: Where) =>
  useMutation({ mutationFn: (draft: AlertRuleDraft) => call<AlertPreview>('/alerts/preview', where, post(draft)) })
export const useSaveRule = (where: Where, id: string | null) =>
  useSend(
    (draft: AlertRuleDraft) =>
      call<TenantRule>(id === null ? '/alert-rules' : `/alert-rules/${at(id)}`, where, post(draft)),
    ['alerts'],
  )
export const useSnoozeRule = (where: Where, id: string) =>
  useSend(
    (until: number | null) => call<TenantRule>(`/alert-rules/${at(id)}/snooze`, where, post({ until })),
    ['alerts'],
  )
export const useDropRule = (where: Where, id: string) =>
  useSend(() => call<null>(`/alert-rules/${at(id)}`, where, { method: 'DELETE' }), ['alerts'])
