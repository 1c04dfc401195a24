import { useQuery } from '@tanstack/react-query'
import type { CustomerExport, Erased, PrivacyState } from '../../src/http/shapes.ts'
import { call } from './client.ts'
import { useSend } from './queries.ts'

type Where = { tenant: string }

export const usePrivacy = ({ tenant }: Where) =>
  useQuery({
    queryKey: ['settings', tenant, 'privacy'],
    queryFn: ({ signal }) => call<PrivacyState>('/privacy', { tenant }, { signal }),
  })

export const useKeepOriginals = (where: Where) =>
  useSend(
    (body: { keepOriginals: boolean; originalDays: number }) =>
      call<PrivacyState>('/privacy/settings', where, { method: 'POST', body }),
    ['settings'],
  )

export const useExportCustomer = (where: Where) =>
  useSend(
    (customer: string) => call<CustomerExport>('/privacy/export', where, { method: 'POST', body: { customer } }),
    ['settings'],
  )

export interface EraseWish {
  customer: string
  confirm: string
  keepOrders: boolean
  refuseLater: boolean
}
export const useEraseCustomer = (where: Where) =>
  useSend(
    (body: EraseWish) => call<Erased>('/privacy/erase', where, { method: 'POST', body }),
    ['settings', 'voices', 'overview', 'indicators', 'findings', 'tickets', 'journey', 'graph'],
  )
