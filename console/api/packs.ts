import { useMutation, useQuery } from '@tanstack/react-query'
import type { PackDetail, PackList, PackTrial } from '../../src/http/shapes.ts'
import { ApiProblem, call } from './client.ts'
import { useSend } from './queries.ts'

type Where = { tenant: string }
/** The addition as JSON, and its gold cases as JSON lines. */
export interface Draft {
  text: string
  gold: string
}

const addressOf = (id: string) => `/packs/${encodeURIComponent(id)}`
const post = (body: unknown) => ({ method: 'POST', body }) as const

export const usePacks = ({ tenant }: Where) =>
  useQuery({
    queryKey: ['packs', tenant],
    queryFn: ({ signal }) => call<PackList>('/packs', { tenant }, { signal }),
  })

/** Null for a pack that is not there yet: it can be written. */
export const usePack = ({ tenant }: Where, id: string) =>
  useQuery({
    queryKey: ['packs', tenant, id],
    queryFn: ({ signal }) =>
      call<PackDetail>(addressOf(id), { tenant }, { signal }).catch((error: unknown) => {
        if (error instanceof ApiProblem && error.status === 404) return null
        throw error
      }),
  })

export const useTryPack = (where: Where, id: string) =>
  useMutation<PackTrial, Error, Draft>({
    mutationFn: (draft) => call<PackTrial>(`${addressOf(id)}/try`, where, post(draft)),
  })
export const useSavePack = (where: Where, id: string) =>
  useSend((draft: Draft) => call<PackDetail>(addressOf(id), where, post(draft)), ['packs', 'catalogue'])
export const useStepBack = (where: Where, id: string) =>
  useSend(() => call<PackDetail | null>(`${addressOf(id)}/back`, where, post({})), ['packs', 'catalogue'])
