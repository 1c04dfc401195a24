import { useQueryClient } from '@tanstack/react-query'
import type { CorrectedVoice, LlmState, VoiceRow } from '../../src/http/shapes.ts'
import { call } from './client.ts'
import { useAsk, useSend } from './queries.ts'

type Where = { tenant: string }
export type MentionKey = Pick<VoiceRow['mentions'][number], 'aspect' | 'start' | 'end'>
export type MentionPolarity = 'positive' | 'negative' | 'neutral'

/** One thing that a person says of a reading, as the API takes it. */
export type Change =
  | { kind: 'confirm' | 'undo' }
  | { kind: 'sentiment'; to: VoiceRow['sentiment'] }
  | { kind: 'polarity'; mention: MentionKey; to: MentionPolarity }
  | { kind: 'aspect'; mention: MentionKey; to: string }
  | { kind: 'scene'; mention: MentionKey; to: string | null }
  | { kind: 'drop'; mention: MentionKey }
  | { kind: 'add'; aspect: string; polarity: MentionPolarity; scene: string | null; start: number; end: number }

const addressOf = (voice: Pick<VoiceRow, 'id'>) => `/voices/${encodeURIComponent(voice.id)}`

export const useReading = (where: Where, { id, day }: Pick<VoiceRow, 'id' | 'day'>) =>
  useAsk<CorrectedVoice>('reading', `${addressOf({ id })}/reading`, where, true, { day })

/** Corrects a voice; what the server answers is at once what is shown. */
export function useCorrect(where: Where, voice: Pick<VoiceRow, 'id' | 'day'>) {
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: ['reading', where.tenant] })
  const send = useSend(
    (change: Change) =>
      call<CorrectedVoice>(`${addressOf(voice)}/corrections`, where, {
        method: 'POST',
        body: { day: voice.day, change },
      }),
    ['reading', 'voices', 'training', 'overview', 'indicators', 'touchpoints'],
  )
  return { ...send, refresh }
}

export const useTraining = (where: Where) => useAsk<{ voices: number }>('training', '/corrections', where)

export const useLlm = (where: Where) => useAsk<LlmState>('settings', '/llm', where)
export type LlmWish = Omit<LlmState['settings'], 'hasKey' | 'keyFrom'> & { key?: string | null }
export const useSetLlm = (where: Where) =>
  useSend((body: LlmWish) => call<LlmState>('/llm', where, { method: 'POST', body }), ['settings'])
