import { Button, Segmented, Select } from 'antd'
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { FunnelStepDefinition } from '../../../src/http/shapes.ts'
import { useFunnelParts } from '../../api/funnels.ts'
import { useAddress, useNames } from '../../shell/surroundings.tsx'
import { ConditionRow } from './ConditionRow.tsx'
import { useFunnelWords } from './names.ts'
import { type Condition, conditionOf, fieldOf, type Kind, kindOf, kinds, stepOfKind, withTouchpoints } from './step.ts'

interface StepEditorProps {
  step: FunnelStepDefinition
  place: number
  count: number
  change: (step: FunnelStepDefinition) => void
  remove: () => void
  move: (by: -1 | 1) => void
}

const orders = ['placed', 'delivered', 'returned', 'cancelled'] as const

function What({ step, change }: Pick<StepEditorProps, 'step' | 'change'>) {
  const { t } = useTranslation()
  const names = useNames()
  const { event } = useFunnelWords()
  const { data: parts } = useFunnelParts(useAddress())
  const kind = kindOf(step)
  if ('order' in step)
    return (
      <Select
        size="small"
        aria-label={t('funnel.kind.order')}
        value={step.order}
        options={orders.map((value) => ({ value, label: t(`funnel.order.${value}`) }))}
        onChange={(order) => change({ order })}
      />
    )
  if (kind === 'touchpoint') {
    const chosen = step.where.flatMap((one) => ('field' in one && one.field === 'touchpoint' ? one.in : []))
    return (
      <Select
        size="small"
        mode="multiple"
        aria-label={t('funnel.touchpoints')}
        placeholder={t('funnel.touchpoints')}
        value={chosen}
        options={(names.catalogue?.touchpoints ?? []).map(({ id }) => ({ value: id, label: names.touchpoint(id) }))}
        onChange={(ids: string[]) => ids.length > 0 && change(withTouchpoints(step, ids))}
      />
    )
  }
  const known = parts?.events.map(({ id }) => id) ?? []
  return (
    <Select
      size="small"
      mode="tags"
      aria-label={t('funnel.events')}
      placeholder={t('funnel.events')}
      value={step.events}
      showSearch={{ optionFilterProp: 'label' }}
      options={[...new Set([...known, ...step.events])].map((id) => ({ value: id, label: event(id) }))}
      onChange={(events: string[]) => events.length > 0 && change({ events, where: step.where })}
    />
  )
}

/** One step: what counts as it, and under which conditions. */
export function StepEditor({ step, place, count, change, remove, move }: StepEditorProps) {
  const { t } = useTranslation()
  const n = place + 1
  const where = 'order' in step ? [] : step.where
  const conditions = where.filter((one) => fieldOf(one) !== 'touchpoint')
  const write = (next: Condition[]) => {
    if ('order' in step) return
    const kept = where.filter((one) => fieldOf(one) === 'touchpoint')
    change({ events: step.events, where: [...kept, ...next] })
  }
  return (
    <li className="step-editor">
      <div className="row spread">
        <span className="aux">{t('funnel.step', { n })}</span>
        <span className="row step-moves">
          <Button
            size="small"
            type="text"
            disabled={place === 0}
            aria-label={t('funnel.up', { n })}
            icon={<ArrowUp size={14} aria-hidden />}
            onClick={() => move(-1)}
          />
          <Button
            size="small"
            type="text"
            disabled={n === count}
            aria-label={t('funnel.down', { n })}
            icon={<ArrowDown size={14} aria-hidden />}
            onClick={() => move(1)}
          />
          <Button
            size="small"
            type="text"
            disabled={count <= 2}
            aria-label={t('funnel.removeStep', { n })}
            icon={<X size={14} aria-hidden />}
            onClick={remove}
          />
        </span>
      </div>
      <Segmented<Kind>
        size="small"
        aria-label={t('funnel.kindOf', { n })}
        value={kindOf(step)}
        options={kinds.map((value) => ({ value, label: t(`funnel.kind.${value}`) }))}
        onChange={(kind) => change(stepOfKind(kind))}
      />
      <What step={step} change={change} />
      {!('order' in step) && (
        <>
          <ul>
            {conditions.map((one, i) => (
              <ConditionRow
                // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no other identity than its place
                key={i}
                of={one}
                change={(next) => write(conditions.map((old, at) => (at === i ? next : old)))}
                remove={() => write(conditions.filter((_, at) => at !== i))}
              />
            ))}
          </ul>
          <Button
            size="small"
            type="link"
            className="add-condition"
            icon={<Plus size={13} strokeWidth={1.75} aria-hidden />}
            onClick={() => write([...conditions, conditionOf('channel', [])])}
          >
            {t('funnel.addCondition')}
          </Button>
        </>
      )}
    </li>
  )
}
