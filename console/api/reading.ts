import { useQuery } from '@tanstack/react-query'
import type { CorrectedVoice, LlmState, VoiceRow } from '../../src/http/shapes.ts'
import { call } from './client.ts'
import { useSend } from './queries.ts'

type Where = { tenant: string }
type Voice = Pick<VoiceRow, 'id' | 'day'>
export type Mention = CorrectedVoice['reading']['mentions'][number]
type MentionKey = Pick<Mention, 'aspect' | 'start' | 'end'>
/** What a mention can be; only a whole voice can be mixed. */
export const mentionPolarities = ['negative', 'neutral', 'positive'] as const
export type MentionPolarity = (typeof mentionPolarities)[number]

/** One thing that a person says of a reading, as the API takes it. */
export type Change =
  | { kind: 'confirm' | 'undo' }
  | { kind: 'sentiment'; to: VoiceRow['sentiment'] }
  | { kind: 'polarity'; mention: MentionKey; to: MentionPolarity }
  | { kind: 'aspect'; mention: MentionKey; to: string }
  | { kind: 'scene'; mention: MentionKey; to: string | null }
  | { kind: 'drop'; mention: MentionKey }
  | { kind: 'add'; aspect: string; polarity: MentionPolarity; scene: string | null; start: number; end: number }

const addressOf = (id: string) => `/voices/${encodeURIComponent(id)}`

export const useReading = ({ tenant }: Where, { id, day }: Voice) =>
  useQuery({
    queryKey: ['voices', tenant, 'reading', id, day],
    queryFn: ({ signal }) => call<CorrectedVoice>(`${addressOf(id)}/reading`, { tenant, day }, { signal }),
  })

export const useCorrect = (where: Where, { id, day }: Voice) =>
  useSend(
    (change: Change) =>
      call<CorrectedVoice>(`${addressOf(id)}/corrections`, where, { method: 'POST', body: { day, change } }),
    ['voices', 'training', 'overview', 'indicators', 'journey'],
  )

export const useTraining = ({ tenant }: Where) =>
  useQuery({
    queryKey: ['training', tenant],
    queryFn: ({ signal }) => call<{ voices: number }>('/corrections', { tenant }, { signal }),
  })

export const useLlm = ({ tenant }: Where) =>
  useQuery({
    queryKey: ['settings', tenant, 'llm'],
    queryFn: ({ signal }) => call<LlmState>('/llm', { tenant }, { signal }),
  })

export type LlmWish = Omit<LlmState['settings'], 'hasKey' | 'keyFrom'> & { key?: string | null }
export const useSetLlm = (where: Where) =>
  useSend((body: LlmWish) => call<LlmState>('/llm', where, { method: 'POST', body }), ['settings'])
