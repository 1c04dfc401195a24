import { useQuery } from '@tanstack/react-query'
import type { ChannelList, ChannelTelling, ChannelWish, MadeChannel } from '../../src/http/shapes.ts'
import { call } from './client.ts'
import { useSend } from './queries.ts'

type Where = { tenant: string }
const post = (body: unknown) => ({ method: 'POST', body }) as const
const at = (id: string) => `/channels/${encodeURIComponent(id)}`
const touched = ['channels']

export const useChannels = ({ tenant }: Where) =>
  useQuery({
    queryKey: ['channels', tenant],
    queryFn: ({ signal }) => call<ChannelList>('/channels', { tenant }, { signal }),
  })

export const useMakeChannel = (where: Where) =>
  useSend((wish: ChannelWish) => call<MadeChannel>('/channels', where, post(wish)), touched)
export const useChangeChannel = (where: Where, id: string) =>
  useSend(
    (to: { telling?: ChannelTelling; paused?: boolean }) => call<{ done: true }>(at(id), where, post(to)),
    touched,
  )
export const useSendNow = (where: Where, id: string) =>
  useSend((what: 'test' | 'digest') => call<{ done: true }>(`${at(id)}/send`, where, post({ what })), touched)
export const useSendAgain = (where: Where, id: string) =>
  useSend((news: string) => call<{ done: true }>(`${at(id)}/again`, where, post({ news })), touched)
export const useDropChannel = (where: Where, id: string) =>
  useSend(() => call<{ done: true }>(at(id), where, { method: 'DELETE' }), touched)
