import { App, Button, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SurveyDetail, SurveyRule } from '../../../src/http/shapes.ts'
import { useHandOut } from '../../api/surveys.ts'
import { Card } from '../../parts/Card.tsx'
import { Field } from '../../parts/Field.tsx'
import { useKept, WritingBack } from '../../parts/Kept.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { minorUnits } from '../../words/format.ts'
import { Fault } from './Fault.tsx'

type Trigger = SurveyRule['trigger']
type Kind = Trigger['kind']

const kinds: readonly Kind[] = ['delivered', 'service', 'valuable', 'churned']
const first: { [K in Kind]: Trigger & { kind: K } } = {
  delivered: { kind: 'delivered', afterDays: 3 },
  service: { kind: 'service', afterHours: 2 },
  valuable: { kind: 'valuable', overMinor: 200_000, currency: 'CNY', withinDays: 90 },
  churned: { kind: 'churned', afterDays: 60 },
}
const currencies = Intl.supportedValuesOf('currency').map((value) => ({ value, label: value }))
const fresh: SurveyRule = { trigger: first.delivered, share: 1, categories: [], linkDays: 14 }

function Amount({ before, after, children }: { before?: string; after?: string; children: ReactNode }) {
  return (
    <span className="row wrap">
      {before && <span className="dense">{before}</span>}
      {children}
      {after && <span className="dense">{after}</span>}
    </span>
  )
}

/** The numbers that a moment needs. */
function TriggerForm({ of, change }: { of: Trigger; change: (trigger: Trigger) => void }) {
  const { t } = useTranslation()
  switch (of.kind) {
    case 'delivered':
      return (
        <Amount before={t('surveys.afterDelivery')} after={t('surveys.days')}>
          <InputNumber
            min={0}
            max={365}
            value={of.afterDays}
            aria-label={t('surveys.afterDelivery')}
            onChange={(n) => change({ ...of, afterDays: n ?? 0 })}
          />
        </Amount>
      )
    case 'service':
      return (
        <Amount before={t('surveys.afterService')} after={t('surveys.hours')}>
          <InputNumber
            min={1}
            max={720}
            value={of.afterHours}
            aria-label={t('surveys.afterService')}
            onChange={(n) => change({ ...of, afterHours: n ?? 1 })}
          />
        </Amount>
      )
    case 'valuable':
      return (
        <>
          <Amount before={t('surveys.spent')}>
            <InputNumber
              min={1}
              value={of.overMinor / minorUnits(of.currency)}
              aria-label={t('surveys.spent')}
              onChange={(n) => change({ ...of, overMinor: Math.round((n ?? 1) * minorUnits(of.currency)) })}
            />
            <Select
              showSearch
              value={of.currency}
              aria-label={t('surveys.currency')}
              popupMatchSelectWidth={false}
              options={currencies}
              onChange={(currency) =>
                change({ ...of, currency, overMinor: (of.overMinor / minorUnits(of.currency)) * minorUnits(currency) })
              }
            />
          </Amount>
          <Amount before={t('surveys.within')} after={t('surveys.days')}>
            <InputNumber
              min={1}
              max={1000}
              value={of.withinDays}
              aria-label={t('surveys.within')}
              onChange={(n) => change({ ...of, withinDays: n ?? 1 })}
            />
          </Amount>
        </>
      )
    case 'churned':
      return (
        <Amount before={t('surveys.noOrderFor')} after={t('surveys.days')}>
          <InputNumber
            min={1}
            max={1000}
            value={of.afterDays}
            aria-label={t('surveys.noOrderFor')}
            onChange={(n) => change({ ...of, afterDays: n ?? 1 })}
          />
        </Amount>
      )
  }
}

function Whom({ of, change }: { of: SurveyRule; change: (rule: SurveyRule) => void }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const { catalogue } = useNames()
  return (
    <>
      <Field label={t('surveys.categories')}>
        <Select
          mode="multiple"
          allowClear
          value={of.categories}
          placeholder={t('surveys.allCategories')}
          options={(catalogue?.categories ?? []).map((one) => ({ value: one.id, label: one[lang] }))}
          onChange={(categories) => change({ ...of, categories })}
        />
      </Field>
      <div className="two-up">
        <Field label={t('surveys.share')} help={t('surveys.shareHelp')}>
          <InputNumber
            min={1}
            max={100}
            suffix="%"
            value={Math.round(of.share * 100)}
            onChange={(n) => change({ ...of, share: (n ?? 100) / 100 })}
          />
        </Field>
        <Field label={t('surveys.most')}>
          <InputNumber
            min={1}
            value={of.most ?? null}
            placeholder={t('surveys.noLimit')}
            onChange={(most) => {
              const { most: _, ...rest } = of
              change(most === null ? rest : { ...rest, most })
            }}
          />
        </Field>
        <Field label={t('surveys.linkDays')}>
          <InputNumber
            min={1}
            max={365}
            suffix={t('surveys.days')}
            value={of.linkDays}
            onChange={(n) => change({ ...of, linkDays: n ?? 14 })}
          />
        </Field>
      </div>
    </>
  )
}

/** When and whom a survey invites. */
export function RuleForm({ of }: { of: SurveyDetail }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const refused = useWriteRefusal()
  const hand = useHandOut({ tenant: tenant.id }, of.id)
  const writing = useKept<SurveyRule | null>(`survey rule ${of.id}`, of.rule)
  const { value: rule, set: setRule } = writing
  const change = (next: SurveyRule | null) => {
    hand.reset()
    setRule(next)
  }
  return (
    <Card title={t('surveys.rule')}>
      <div className="stack tight">
        <p className="dense soft">{t('surveys.ruleHelp')}</p>
        <WritingBack of={writing} />
        <fieldset className="stack tight plain-fieldset" disabled={refused !== null}>
          <Field label={t('surveys.trigger')}>
            <Select<Kind | 'none'>
              className="narrow"
              disabled={refused !== null}
              value={rule?.trigger.kind ?? 'none'}
              options={[
                { value: 'none' as const, label: t('surveys.ruleNone') },
                ...kinds.map((value) => ({ value, label: t(`surveys.triggers.${value}`) })),
              ]}
              onChange={(kind) => change(kind === 'none' ? null : { ...(rule ?? fresh), trigger: first[kind] })}
            />
          </Field>
          {rule && (
            <>
              <TriggerForm of={rule.trigger} change={(trigger) => change({ ...rule, trigger })} />
              <Whom of={rule} change={change} />
            </>
          )}
        </fieldset>
        <p className="aux">
          {t('surveys.coolDown')} {of.coolDownDays} {t('surveys.days')} · {t('surveys.coolDownHelp')}
        </p>
        {hand.error && <Fault of={hand.error} />}
        {refused ? (
          <p className="aux">{refused}</p>
        ) : (
          JSON.stringify(rule) !== JSON.stringify(of.rule) && (
            <span>
              <Button
                type="primary"
                loading={hand.isPending}
                onClick={() =>
                  hand.mutate(
                    { rule },
                    {
                      onSuccess: () => {
                        writing.settle(rule)
                        void message.info(t('surveys.kept'))
                      },
                    },
                  )
                }
              >
                {t('surveys.keepRule')}
              </Button>
            </span>
          )
        )}
      </div>
    </Card>
  )
}
