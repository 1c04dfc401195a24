import { App, Button, Select } from 'antd'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ModuleKpi, ModuleReview } from '../../../src/http/shapes.ts'
import { useLayInto } from '../../api/modules.ts'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { useNames, useSurroundings } from '../../shell/surroundings.tsx'

function useLaying(module: string) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const refused = useRefused()
  const lay = useLayInto({ tenant: tenant.id }, module)
  return {
    waits: lay.isPending,
    lay: (indicator: string, shown: boolean) =>
      lay.mutate(
        { indicator, shown },
        { onError: (error) => void message.error(refused(error, t('modules.refused'))) },
      ),
  }
}

/** Lays one of the tenant's own indicators into the module; nothing is offered where there is none. */
export function AddOwn({ of }: { of: ModuleReview }) {
  const { t } = useTranslation()
  const names = useNames()
  const refusal = useWriteRefusal()
  const { lay, waits } = useLaying(of.id)
  const there = new Set(of.kpis.map(({ id }) => id))
  const own = (names.catalogue?.indicators ?? []).filter((one) => one.own && !one.retired && !there.has(one.id))
  if (own.length === 0 || refusal !== null) return null
  return (
    <Select
      size="small"
      className="no-print"
      value={null}
      loading={waits}
      aria-label={t('modules.addOwn')}
      placeholder={t('modules.addOwn')}
      popupMatchSelectWidth={false}
      options={own.map((one) => ({ value: one.id, label: names.said(one) }))}
      onChange={(id: string | null) => id !== null && lay(id, true)}
    />
  )
}

export function TakeOut({ of, module }: { of: ModuleKpi; module: string }) {
  const { t } = useTranslation()
  const names = useNames()
  const refusal = useWriteRefusal()
  const { lay, waits } = useLaying(module)
  return (
    <Button
      size="small"
      type="text"
      disabled={refusal !== null}
      loading={waits}
      aria-label={t('modules.takeOut', { name: names.said(of) })}
      title={t('modules.takeOut', { name: names.said(of) })}
      icon={<X size={14} strokeWidth={1.75} aria-hidden />}
      onClick={() => lay(of.id, false)}
    />
  )
}
