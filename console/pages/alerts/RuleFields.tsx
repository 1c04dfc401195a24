import { Checkbox, InputNumber, Select } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { AlertRuleDraft, AlertRules } from '../../../src/http/shapes.ts'
import { Field } from '../../parts/Field.tsx'
import { useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { capital } from '../../words/format.ts'
import { eventBy, judgeFor, judgeOf } from './draft.ts'
import { QuietHours } from './QuietHours.tsx'

interface PartProps {
  of: AlertRuleDraft
  change: (part: Partial<AlertRuleDraft>) => void
}
type Watchable = { watchable: AlertRules['watchable'] }

/** Events of any name can be counted; those that come from the live page are not in the list, nor is an indicator that was retired. */
const unlisted = (id: string, t: TFunction): string =>
  id.startsWith('event.') ? t('alerts.eventCount', { name: id.slice('event.'.length) }) : t('alerts.unlisted')

/** What is watched, and along which lines. */
export function What({ of, watchable, change }: PartProps & Watchable) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const { catalogue } = useNames()
  const watch = watchable.find((one) => one.id === of.watch)
  const listed = (own: boolean) =>
    watchable.filter((one) => one.own === own).map((one) => ({ value: one.id, label: capital(one[lang]) }))
  const mine = listed(true)
  const swap = (id: string) => {
    const next = watchable.find((one) => one.id === id)!
    const by = of.by.filter((one) => next.by.includes(one))
    change({ watch: id, by, direction: next.bad, owner: '', judge: judgeFor(next.unit, of.judge) })
  }
  return (
    <>
      <Field label={t('alerts.watch')}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          value={of.watch}
          options={[
            ...(watch ? [] : [{ value: of.watch, label: unlisted(of.watch, t) }]),
            ...(mine.length > 0 ? [{ label: t('alerts.ownIndicators'), options: mine }] : []),
            ...(mine.length > 0 ? [{ label: t('alerts.builtinWatches'), options: listed(false) }] : listed(false)),
          ]}
          onChange={swap}
        />
      </Field>
      <Field label={t('alerts.by')}>
        <Select
          mode="multiple"
          value={of.by}
          options={(watch?.by ?? eventBy).map((by) => ({ value: by, label: capital(t(`alerts.dimension.${by}`)) }))}
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
          placeholder={capital(t('alerts.all'))}
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
          placeholder={capital(t('alerts.all'))}
          options={(catalogue?.merchants ?? []).map((one) => ({ value: one.id, label: one.name }))}
          onChange={(merchant) => change({ where: { ...of.where, merchant } })}
        />
      </Field>
    </>
  )
}

const kinds = ['learnt', 'threshold', 'change'] as const
/** What counts as unusual. */
export function How({ of, watchable, change }: PartProps & Watchable) {
  const { t } = useTranslation()
  const unit = watchable.find((one) => one.id === of.watch)?.unit
  const share = unit === 'share'
  const { judge } = of
  return (
    <>
      <div className="pair">
        <Field label={t('alerts.step')}>
          <Select
            value={of.step}
            options={(['minutes', 'hour', 'day'] as const).map((value) => ({
              value,
              label: capital(t(`alerts.steps.${value}`)),
            }))}
            onChange={(step) => change({ step })}
          />
        </Field>
        <Field label={t('alerts.direction')}>
          <Select
            value={of.direction}
            options={(['up', 'down', 'both'] as const).map((value) => ({
              value,
              label: capital(t(`alerts.directions.${value}`)),
            }))}
            onChange={(direction) => change({ direction })}
          />
        </Field>
      </div>
      <Field label={t('alerts.judge')} help={t(`alerts.judgesHelp.${judge.kind}`)}>
        <Select
          value={judge.kind}
          options={kinds
            .filter((kind) => kind !== 'learnt' || unit !== 'mean')
            .map((value) => ({ value, label: capital(t(`alerts.judges.${value}`)) }))}
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
            options={(['now', 'digest'] as const).map((value) => ({
              value,
              label: capital(t(`alerts.tells.${value}`)),
            }))}
            onChange={(tell) => change({ tell })}
          />
        </Field>
        <Field label={t('alerts.ownerPick')}>
          <Select
            value={of.owner}
            options={[
              { value: '', label: capital(t('alerts.ownerUsual')) },
              ...(catalogue?.departments ?? []).map((one) => ({ value: one.id, label: one[lang] })),
            ]}
            onChange={(owner) => change({ owner })}
          />
        </Field>
      </div>
      <QuietHours of={of.quiet} label={t('alerts.quiet')} change={(quiet) => change({ quiet })} />
    </>
  )
}
