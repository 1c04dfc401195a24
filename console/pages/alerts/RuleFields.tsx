import { Checkbox, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AlertRuleDraft, AlertRules } from '../../../src/http/shapes.ts'
import { Field } from '../../parts/Field.tsx'
import { useNames, useSurroundings } from '../../shell/surroundings.tsx'

interface PartProps {
  of: AlertRuleDraft
  change: (part: Partial<AlertRuleDraft>) => void
}
type Watchable = { watchable: AlertRules['watchable'] }

const eventBy = ['category', 'merchant', 'city', 'channel', 'product', 'customer'] as const

/** What is watched, and along which lines. */
export function What({ of, watchable, change }: PartProps & Watchable) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const { catalogue } = useNames()
  const watch = watchable.find((one) => one.id === of.watch)
  // Events of any name can be counted; those that come from the live page are not in the list.
  const counted = (id: string) => {
    const name = t('alerts.eventCount', { name: id.replace(/^event\./, '') })
    return { id, zh: name, en: name }
  }
  const swap = (id: string) => {
    const next = watchable.find((one) => one.id === id)!
    change({ watch: id, by: of.by.filter((by) => next.by.includes(by)), direction: next.bad, owner: '' })
  }
  return (
    <>
      <Field label={t('alerts.watch')}>
        <Select
          value={of.watch}
          options={[...watchable, ...(watch ? [] : [counted(of.watch)])].map((one) => ({
            value: one.id,
            label: one[lang],
          }))}
          onChange={swap}
        />
      </Field>
      <Field label={t('alerts.by')}>
        <Select
          mode="multiple"
          value={of.by}
          options={(watch?.by ?? eventBy).map((by) => ({ value: by, label: t(`alerts.dimension.${by}`) }))}
          onChange={(by) => change({ by, whole: of.whole || by.length === 0 })}
        />
      </Field>
      <Checkbox
        checked={of.whole}
        disabled={of.by.length === 0}
        onChange={(event) => change({ whole: event.target.checked })}
      >
        {t('alerts.whole')}
      </Checkbox>
      <Field label={t('alerts.where')}>
        <Select
          mode="multiple"
          allowClear
          value={of.where.category}
          placeholder={t('alerts.all')}
          options={(catalogue?.categories ?? []).map((one) => ({ value: one.id, label: one[lang] }))}
          onChange={(category) => change({ where: { ...of.where, category } })}
        />
      </Field>
      <Field label={t('alerts.whereMerchant')}>
        <Select
          mode="multiple"
          allowClear
          optionFilterProp="label"
          value={of.where.merchant}
          placeholder={t('alerts.all')}
          options={(catalogue?.merchants ?? []).map((one) => ({ value: one.id, label: one.name }))}
          onChange={(merchant) => change({ where: { ...of.where, merchant } })}
        />
      </Field>
    </>
  )
}

const kinds = ['learnt', 'threshold', 'change'] as const
const judgeOf = {
  learnt: { kind: 'learnt' },
  threshold: { kind: 'threshold', level: 0.1 },
  change: { kind: 'change', percent: 30 },
} as const

/** What counts as unusual. */
export function How({ of, watchable, change }: PartProps & Watchable) {
  const { t } = useTranslation()
  const share = watchable.find((one) => one.id === of.watch)?.unit === 'share'
  const { judge } = of
  return (
    <>
      <div className="pair">
        <Field label={t('alerts.step')}>
          <Select
            value={of.step}
            options={(['minutes', 'hour', 'day'] as const).map((value) => ({
              value,
              label: t(`alerts.steps.${value}`),
            }))}
            onChange={(step) => change({ step })}
          />
        </Field>
        <Field label={t('alerts.direction')}>
          <Select
            value={of.direction}
            options={(['up', 'down', 'both'] as const).map((value) => ({
              value,
              label: t(`alerts.directions.${value}`),
            }))}
            onChange={(direction) => change({ direction })}
          />
        </Field>
      </div>
      <Field label={t('alerts.judge')} help={t(`alerts.judgesHelp.${judge.kind}`)}>
        <Select
          value={judge.kind}
          options={kinds.map((value) => ({ value, label: t(`alerts.judges.${value}`) }))}
          onChange={(kind) => change({ judge: judgeOf[kind] })}
        />
      </Field>
      {judge.kind === 'threshold' && (
        <Field label={t('alerts.level')}>
          <InputNumber
            min={0}
            max={share ? 100 : undefined}
            suffix={share ? '%' : undefined}
            value={share ? Math.round(judge.level * 1000) / 10 : judge.level}
            onChange={(n) => change({ judge: { kind: 'threshold', level: share ? (n ?? 0) / 100 : (n ?? 0) } })}
          />
        </Field>
      )}
      {judge.kind === 'change' && (
        <Field label={t('alerts.percent')}>
          <InputNumber
            min={1}
            suffix="%"
            value={judge.percent}
            onChange={(n) => change({ judge: { kind: 'change', percent: n ?? 30 } })}
          />
        </Field>
      )}
      <div className="pair">
        <Field label={t('alerts.minVolume')}>
          <InputNumber min={1} value={of.minVolume} onChange={(n) => change({ minVolume: n ?? 1 })} />
        </Field>
        <Field label={t('alerts.minChange')}>
          <InputNumber min={0} suffix="%" value={of.minChange} onChange={(n) => change({ minChange: n ?? 0 })} />
        </Field>
      </div>
    </>
  )
}

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: hour, label: `${String(hour).padStart(2, '0')}:00` }))

/** Who is told, and when. */
export function When({ of, change }: PartProps) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const { catalogue } = useNames()
  return (
    <>
      <div className="pair">
        <Field label={t('alerts.tell')}>
          <Select
            value={of.tell}
            options={(['now', 'digest'] as const).map((value) => ({ value, label: t(`alerts.tells.${value}`) }))}
            onChange={(tell) => change({ tell })}
          />
        </Field>
        <Field label={t('alerts.ownerPick')}>
          <Select
            value={of.owner}
            options={[
              { value: '', label: t('alerts.ownerUsual') },
              ...(catalogue?.departments ?? []).map((one) => ({ value: one.id, label: one[lang] })),
            ]}
            onChange={(owner) => change({ owner })}
          />
        </Field>
      </div>
      <Checkbox
        checked={of.quiet !== null}
        onChange={(event) => change({ quiet: event.target.checked ? { from: 22, to: 8 } : null })}
      >
        {t('alerts.quiet')}
      </Checkbox>
      {of.quiet && (
        <div className="pair">
          <Field label={t('alerts.quietFrom')}>
            <Select
              value={of.quiet.from}
              options={hours}
              onChange={(from) => change({ quiet: { ...of.quiet!, from } })}
            />
          </Field>
          <Field label={t('alerts.quietTo')}>
            <Select value={of.quiet.to} options={hours} onChange={(to) => change({ quiet: { ...of.quiet!, to } })} />
          </Field>
        </div>
      )}
    </>
  )
}
