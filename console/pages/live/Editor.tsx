import { App, Button, Input, InputNumber, Segmented, Select } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Funnel } from '../../../src/http/shapes.ts'
import { useForgetFunnel, useFunnelParts, useFunnels, useKeepFunnel } from '../../api/funnels.ts'
import { Card } from '../../parts/Card.tsx'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { useAsking } from '../../shell/Go.tsx'
import { useAddress } from '../../shell/surroundings.tsx'
import { useFunnelWords } from './names.ts'
import { StepEditor } from './StepEditor.tsx'
import { LONGEST_MINUTES, type WindowUnit, windowUnitOf, windowUnits } from './window.ts'

const MOST_STEPS = 8
const divisions = ['channel', 'city', 'category', 'merchant', 'customer', 'source'] as const

/** How long a walk may take: any whole number of minutes, hours or days. */
function Window({ minutes, change }: { minutes: number; change: (minutes: number) => void }) {
  const { t } = useTranslation()
  const [chosen, choose] = useState<WindowUnit | null>(null)
  const unit = chosen && minutes % windowUnits[chosen] === 0 ? chosen : windowUnitOf(minutes)
  const of = windowUnits[unit]
  return (
    <span className="row">
      <InputNumber
        size="small"
        aria-label={t('funnel.window')}
        min={1}
        max={LONGEST_MINUTES / of}
        precision={0}
        value={minutes / of}
        onChange={(value) => value !== null && change(value * of)}
      />
      <Select<WindowUnit>
        size="small"
        aria-label={t('funnel.windowUnit')}
        value={unit}
        options={(Object.keys(windowUnits) as WindowUnit[]).map((value) => ({
          value,
          label: t(`funnel.units.${value}`),
        }))}
        onChange={(next) => {
          choose(next)
          change(Math.min(LONGEST_MINUTES, Math.max(1, Math.round(minutes / of)) * windowUnits[next]))
        }}
      />
    </span>
  )
}

function Rules({ funnel, change }: { funnel: Funnel; change: (funnel: Funnel) => void }) {
  const { t } = useTranslation()
  const { dimension } = useFunnelWords()
  const { data: parts } = useFunnelParts(useAddress())
  const bys = [...divisions, ...(parts?.props ?? []).map((name) => `prop:${name}`)]
  return (
    <div className="funnel-rules">
      <div>
        <span className="aux">{t('funnel.window')}</span>
        <Window minutes={funnel.windowMinutes} change={(windowMinutes) => change({ ...funnel, windowMinutes })} />
      </div>
      <div>
        <span className="aux">{t('funnel.by')}</span>
        <Select
          size="small"
          allowClear
          aria-label={t('funnel.by')}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('funnel.noBy')}
          value={funnel.by}
          options={bys.map((value) => ({ value, label: dimension(value) }))}
          onChange={(by?: string) => change({ ...funnel, by: by as Funnel['by'] })}
        />
      </div>
      <Segmented
        size="small"
        aria-label={t('funnel.unitLabel')}
        value={funnel.unit}
        options={(['session', 'customer'] as const).map((value) => ({ value, label: t(`funnel.unit.${value}`) }))}
        onChange={(unit) => change({ ...funnel, unit })}
      />
      <Segmented
        size="small"
        aria-label={t('funnel.orderLabel')}
        value={funnel.order}
        options={(['in_order', 'any_order'] as const).map((value) => ({ value, label: t(`funnel.orderOf.${value}`) }))}
        onChange={(order) => change({ ...funnel, order })}
      />
    </div>
  )
}

function Keep({ funnel, id }: { funnel: Funnel; id: string }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const refusal = useWriteRefusal()
  const refused = useRefused()
  const ask = useAsking()
  const address = useAddress()
  const { data } = useFunnels(address)
  const own = data?.funnels.find((one) => one.id === id && one.own)
  const [name, setName] = useState(own?.zh ?? '')
  const keep = useKeepFunnel(address)
  const forget = useForgetFunnel(address)
  if (refusal) return <p className="aux">{refusal}</p>
  const failed = (error: unknown) => void message.error(refused(error, t('funnel.invalid')))
  const save = () =>
    keep.mutate(
      { name, funnel },
      {
        onError: failed,
        onSuccess: (kept) => {
          void message.success(t('funnel.saved', { name }))
          ask((search) => ({ ...search, funnel: kept.id }), { replace: true })
        },
      },
    )
  const remove = () =>
    forget.mutate(id, {
      onError: failed,
      onSuccess: () => {
        void message.success(t('funnel.removed'))
        ask((search) => ({ ...search, funnel: undefined }), { replace: true })
      },
    })
  return (
    <div className="row wrap funnel-keep">
      <Input
        size="small"
        value={name}
        maxLength={60}
        placeholder={t('funnel.name')}
        aria-label={t('funnel.name')}
        onChange={(event) => setName(event.target.value)}
      />
      <Button size="small" type="primary" disabled={name.trim() === ''} loading={keep.isPending} onClick={save}>
        {t('funnel.save')}
      </Button>
      {own && (
        <Button size="small" type="text" danger loading={forget.isPending} onClick={remove}>
          {t('funnel.remove')}
        </Button>
      )}
    </div>
  )
}

/** Which steps, in what order, within how long: every change goes into the address and is computed at once. */
export function Editor({ funnel, id }: { funnel: Funnel; id: string }) {
  const { t } = useTranslation()
  const ask = useAsking()
  const change = (next: Funnel) =>
    ask((search) => ({ ...search, funnel: JSON.stringify(next), step: undefined }), { replace: true })
  const steps = (next: Funnel['steps']) => change({ ...funnel, steps: next })
  return (
    <Card title={t('funnel.edit')} help={t('funnel.editHelp')} className="funnel-editor">
      <ol>
        {funnel.steps.map((step, i) => (
          <StepEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: a step has no other identity than its place
            key={i}
            step={step}
            place={i}
            count={funnel.steps.length}
            change={(next) => steps(funnel.steps.map((old, at) => (at === i ? next : old)))}
            remove={() => steps(funnel.steps.filter((_, at) => at !== i))}
            move={(by) => {
              const next = [...funnel.steps]
              next.splice(i + by, 0, ...next.splice(i, 1))
              steps(next)
            }}
          />
        ))}
      </ol>
      {funnel.steps.length < MOST_STEPS && (
        <Button
          size="small"
          icon={<Plus size={14} strokeWidth={1.75} aria-hidden />}
          onClick={() => steps([...funnel.steps, { order: 'placed' }])}
        >
          {t('funnel.addStep')}
        </Button>
      )}
      <Rules funnel={funnel} change={change} />
      <Keep funnel={funnel} id={id} />
    </Card>
  )
}
