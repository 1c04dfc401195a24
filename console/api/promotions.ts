import { useQuery } from '@tanstack/react-query'
import type { PromotionCalendar } from '../../src/http/shapes.ts'
import { call } from './client.ts'
import { useSend } from './queries.ts'

export const usePromotions = (tenant: string) =>
  useQuery({
    queryKey: ['settings', tenant, 'promotions'],
    queryFn: ({ signal }) => call<PromotionCalendar>('/promotions', { tenant }, { signal }),
  })

export type WrittenPromotion = Omit<PromotionCalendar['promotions'][number], 'id'> & { id?: string }

/** Null: the usual calendar again. */
export const useSavePromotions = (tenant: string) =>
  useSend(
    (promotions: WrittenPromotion[] | null) =>
      call<PromotionCalendar>('/promotions', { tenant }, { method: 'POST', body: { promotions } }),
    ['settings', 'catalogue', 'indicators'],
  )
