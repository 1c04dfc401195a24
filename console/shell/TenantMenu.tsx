import { useNavigate } from '@tanstack/react-router'
import { Dropdown } from 'antd'
import { ChevronDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { remember } from '../look/boot.ts'
import { useSurroundings } from './surroundings.tsx'

/** Moves to another tenant. Filters stay behind: its categories and days are others. */
export function useTenantSwitch(): (id: string) => void {
  const navigate = useNavigate()
  return (id) => {
    remember('tenant', id)
    void navigate({ to: '/', search: ((search: { lang?: string }) => ({ tenant: id, lang: search.lang })) as never })
  }
}

export function TenantMenu() {
  const { t } = useTranslation()
  const { session, tenant } = useSurroundings()
  const move = useTenantSwitch()
  const items = session.tenants.map((one) => ({
    key: one.id,
    label: one.simulated ? `${one.name} · ${t('shell.simulated')}` : one.name,
    onClick: () => move(one.id),
  }))
  return (
    <Dropdown menu={{ items, selectable: true, selectedKeys: [tenant.id] }} trigger={['click']}>
      <button type="button" className="bare tenant" aria-label={`${t('shell.tenant')}: ${tenant.name}`}>
        <span>{tenant.name}</span>
        <ChevronDown size={13} strokeWidth={1.75} aria-hidden />
      </button>
    </Dropdown>
  )
}
