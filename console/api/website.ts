import { useQuery } from '@tanstack/react-query'
import type { Website, WebsiteKey } from '../../src/http/shapes.ts'
import { call } from './client.ts'
import { useSend } from './queries.ts'

type Where = { tenant: string }

/** Somebody who has just put the code into a page looks here until it works. */
const LOOK_AGAIN_MS = 5_000

export const useWebsite = ({ tenant }: Where) =>
  useQuery({
    queryKey: ['website', tenant],
    queryFn: ({ signal }) => call<Website>('/website', { tenant }, { signal }),
    refetchInterval: (query) => (query.state.data?.keys.length ? LOOK_AGAIN_MS : false),
  })

export const useMakeWebsiteKey = (where: Where) =>
  useSend(
    (body: { name: string; origins: string[] }) =>
      call<Pick<WebsiteKey, 'id'>>('/website/keys', where, { method: 'POST', body }),
    ['website'],
  )
export const useDropWebsiteKey = (where: Where) =>
  useSend(
    (id: string) => call<unknown>(`/website/keys/${encodeURIComponent(id)}`, where, { method: 'DELETE' }),
    ['website'],
  )
