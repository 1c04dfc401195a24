import { Button, InputNumber, Select } from 'antd'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFunnelParts } from '../../api/funnels.ts'
import { useAddress, useNames } from '../../shell/surroundings.tsx'
import { useFunnelWords } from './names.ts'
import { type Condition, conditionOf, conditionTexts, fieldOf, howOf, hows, withBound, withHow } from './step.ts'

const fields = ['category', 'channel', 'city', 'merchant', 'source'] as const

interface ConditionProps {
  of: Condition
  change: (of: Condition) => void
}

/** What a field may be: the values that came in, or any that is typed. */
function Values({ of, change }: ConditionProps) {
  const { t } = useTranslation()
  const names = useNames()
  const { value } = useFunnelWords()
  const { data: parts } = useFunnelParts(useAddress())
  const field = fieldOf(of)
  const offered: Record<string, readonly string[]> = {
    category: names.catalogue?.categories.map(({ id }) => id) ?? [],
    city: names.catalogue?.cities.map(({ id }) => id) ?? [],
    merchant: names.catalogue?.merchants.map(({ id }) => id) ?? [],
    channel: parts?.channels ?? [],
    source: parts?.sources ?? [],
  }
  const texts = conditionTexts(of)
  const how = howOf(of) === 'not' ? 'not' : 'in'
  return (
    <Select
      size="small"
      mode="tags"
      aria-label={t('funnel.conditionValues')}
      placeholder={t('funnel.conditionValues')}
      value={texts}
      options={[...new Set([...(offered[field] ?? []), ...texts])].map((one) => ({
        value: one,
        label: value(field, one),
      }))}
      onChange={(next: string[]) => change(conditionOf(field, next, how))}
    />
  )
}

function Bounds({ of, change }: ConditionProps) {
  const { t } = useTranslation()
  if ('in' in of) return null
  return (
    <span className="row">
      {(['atLeast', 'atMost'] as const).map((bound) => (
        <InputNumber
          key={bound}
          size="small"
          aria-label={t(`funnel.${bound}`)}
          placeholder={t(`funnel.${bound}`)}
          value={of[bound] ?? null}
          onChange={(value) => change(withBound(of, bound, value))}
        />
      ))}
    </span>
  )
}

/** One condition of a step: of what, how, and which values. Until a value is chosen it asks nothing. */
export function ConditionRow({ of, change, remove }: ConditionProps & { remove: () => void }) {
  const { t } = useTranslation()
  const { dimension } = useFunnelWords()
  const { data: parts } = useFunnelParts(useAddress())
  const field = fieldOf(of)
  const choices = [...fields, ...(parts?.props ?? []).map((name) => `prop:${name}`)]
  return (
    <li className="condition">
      <Select
        size="small"
        aria-label={t('funnel.conditionField')}
        value={field}
        showSearch={{ optionFilterProp: 'label' }}
        options={[...new Set([...choices, field])].map((id) => ({ value: id, label: dimension(id) }))}
        onChange={(next) => change(conditionOf(next, []))}
      />
      <Select
        size="small"
        aria-label={t('funnel.conditionHow')}
        value={howOf(of)}
        options={hows
          .filter((how) => how !== 'number' || 'prop' in of)
          .map((how) => ({ value: how, label: t(`funnel.how.${how}`) }))}
        onChange={(how) => change(withHow(of, how))}
      />
      <Button
        size="small"
        type="text"
        aria-label={t('funnel.removeCondition')}
        icon={<X size={14} strokeWidth={1.75} aria-hidden />}
        onClick={remove}
      />
      <span className="condition-values">
        {'in' in of ? <Values of={of} change={change} /> : <Bounds of={of} change={change} />}
      </span>
    </li>
  )
}
