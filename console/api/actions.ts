import type { Accepted, Effect, Proposal, Session, Settings, Ticket, TicketDetail } from '../../src/http/shapes.ts'
import { call } from './client.ts'
import { useSend } from './queries.ts'

type Where = { tenant: string }
const at = (id: string) => encodeURIComponent(id)

export const useMakeTicket = (where: Where) =>
  useSend(
    (id: string) => call<TicketDetail>(`/findings/${at(id)}/ticket`, where, { method: 'POST', body: {} }),
    ['tickets', 'findings', 'overview'],
  )

/** A ticket about a touchpoint as a whole. */
export const useTicketOfTouchpoint = (where: Where) =>
  useSend(
    (id: string) => call<Ticket>(`/journey/${at(id)}/ticket`, where, { method: 'POST', body: {} }),
    ['tickets', 'journey', 'overview'],
  )

export interface NewIntervention {
  what: string
  /** Epoch milliseconds at which the change began. */
  at: number
  productIds: string[]
}
export const useIntervene = (where: Where, findingId: string) =>
  useSend(
    (body: NewIntervention) =>
      call<Pick<Effect, 'id'>>(`/findings/${at(findingId)}/intervention`, where, { method: 'POST', body }),
    ['effects', 'findings'],
  )

export const useMoveTicket = (where: Where, id: string) =>
  useSend(
    (body: { to: 'open' | 'answered' | 'closed'; note: string }) =>
      call<TicketDetail>(`/tickets/${at(id)}/state`, where, { method: 'POST', body }),
    ['tickets', 'findings', 'overview'],
  )

export interface NewDecision {
  pack: string
  place: string
  list: Proposal['list']
  word: string
  verdict: 'accepted' | 'rejected'
  evidence: { voices?: number; support?: number; lift?: number; q?: number }
}
export const useDecide = (where: Where) =>
  useSend((body: NewDecision) => call<unknown>('/own-words', where, { method: 'POST', body }), ['graph', 'settings'])
export const useUndecide = (where: Where) =>
  useSend(
    ({ pack, word }: { pack: string; word: string }) =>
      call<null>(`/own-words/${at(pack)}/${at(word)}`, where, { method: 'DELETE' }),
    ['graph', 'settings'],
  )

export type KeyScope = Settings['keys'][number]['scope']
type NewKey = { id: string; name: string; secret: string }
export const useMakeKey = (where: Where) =>
  useSend(
    (body: { name: string; scope: KeyScope; source?: string }) =>
      call<NewKey>('/keys', where, { method: 'POST', body }),
    ['settings'],
  )
export const useRotateKey = (where: Where, id: string) =>
  useSend(
    (graceHours: number) => call<NewKey>(`/keys/${at(id)}/rotate`, where, { method: 'POST', body: { graceHours } }),
    ['settings'],
  )
export const useDropKey = (where: Where) =>
  useSend((id: string) => call<null>(`/keys/${at(id)}`, where, { method: 'DELETE' }), ['settings'])
export const useReplay = (where: Where) =>
  useSend(
    (id: string) => call<Accepted>(`/dead-letters/${at(id)}/replay`, where, { method: 'POST', body: {} }),
    ['settings', 'voices'],
  )

export const useSignIn = () =>
  useSend(
    (body: { email: string; password: string }) =>
      call<unknown>('/api/auth/sign-in/email', {}, { method: 'POST', body, outside: true }),
    ['session'],
  )
export const useSignOut = () =>
  useSend(() => call<unknown>('/api/auth/sign-out', {}, { method: 'POST', body: {}, outside: true }), ['session'])
export const useMakeOwner = () =>
  useSend(
    (body: { name: string; email: string; password: string }) => call<Session>('/owner', {}, { method: 'POST', body }),
    ['session'],
  )
