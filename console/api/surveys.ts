import { useMutation, useQuery } from '@tanstack/react-query'
import type {
  SurveyDetail,
  SurveyInvitations,
  SurveyList,
  SurveyPreview,
  SurveyResults,
  SurveyRule,
} from '../../src/http/shapes.ts'
import { call } from './client.ts'
import { useSend } from './queries.ts'

type Where = { tenant: string }

const addressOf = (id: string) => `/surveys/${encodeURIComponent(id)}`
const post = (body: unknown) => ({ method: 'POST', body }) as const

export const useSurveys = ({ tenant }: Where) =>
  useQuery({
    queryKey: ['surveys', tenant],
    queryFn: ({ signal }) => call<SurveyList>('/surveys', { tenant }, { signal }),
  })
export const useSurvey = ({ tenant }: Where, id: string, enabled = true) =>
  useQuery({
    enabled,
    queryKey: ['surveys', tenant, id],
    queryFn: ({ signal }) => call<SurveyDetail>(addressOf(id), { tenant }, { signal }),
  })
export const useSurveyResults = ({ tenant }: Where, id: string) =>
  useQuery({
    queryKey: ['surveys', tenant, id, 'results'],
    queryFn: ({ signal }) => call<SurveyResults>(`${addressOf(id)}/results`, { tenant }, { signal }),
  })
export const useSurveyInvitations = ({ tenant }: Where, id: string) =>
  useQuery({
    queryKey: ['surveys', tenant, id, 'invitations'],
    queryFn: ({ signal }) => call<SurveyInvitations>(`${addressOf(id)}/invitations`, { tenant }, { signal }),
  })

export const useCreateSurvey = (where: Where) =>
  useSend((text: string) => call<SurveyDetail>('/surveys', where, post({ text })), ['surveys'])
export const useSaveSurvey = (where: Where, id: string) =>
  useSend((text: string) => call<SurveyDetail>(addressOf(id), where, post({ text })), ['surveys'])

export interface HandOut {
  state?: SurveyDetail['state']
  rule?: SurveyRule | null
  origins?: string[]
  once?: boolean
}
export const useHandOut = (where: Where, id: string) =>
  useSend((to: HandOut) => call<SurveyDetail>(`${addressOf(id)}/hand-out`, where, post(to)), ['surveys'])
export const useInvite = (where: Where, id: string) =>
  useSend(() => call<{ made: number }>(`${addressOf(id)}/invite`, where, post({})), ['surveys'])
export const useCoolDown = (where: Where) =>
  useSend((days: number) => call<{ coolDownDays: number }>('/surveys/cool-down', where, post({ days })), ['surveys'])

export interface PreviewAsk {
  text: string
  lang: 'zh' | 'en'
  answers: Record<string, unknown>
  at?: string
  back?: boolean
}
export const usePreview = (where: Where) =>
  useMutation<SurveyPreview, Error, PreviewAsk>({
    mutationFn: (ask) => call<SurveyPreview>('/surveys/preview', where, post(ask)),
  })

/** Where the single-use links can be fetched as a file. */
export const linksAddress = ({ tenant }: Where, id: string) =>
  `/api/v1${addressOf(id)}/links?tenant=${encodeURIComponent(tenant)}`
