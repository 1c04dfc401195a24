import { App, Button, Popconfirm, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AlertRuleDraft, AlertRules, TenantRule } from '../../../src/http/shapes.ts'
import { useAlertRules, useDropRule, useSaveRule, useSnoozeRule } from '../../api/alerts.ts'
import { Card } from '../../parts/Card.tsx'
import { PageTools } from '../../parts/export/PageTools.tsx'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { Answer } from '../../parts/states.tsx'
import { useOpened } from '../../shell/opened.ts'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { draftOf, eventBy, judgeFor, judgeOf } from './draft.ts'
import { RuleEditor } from './RuleEditor.tsx'
import { unitOf, useRuleWords } from './rule-words.ts'
import { useRulesTable } from './table.ts'

const DAY_MS = 86_400_000

/** `new`, or what another page would have watched: `new|payments|channel`. */
function newRuleOf(focus: string | undefined, watchable: AlertRules['watchable']): Partial<AlertRuleDraft> | null {
  const [what, watch, by] = focus?.split('|') ?? []
  if (what !== 'new') return null
  const along = eventBy.filter((one) => one === by)
  if (!watch) return {}
  const known = watchable.find((one) => one.id === watch)
  const judge = judgeFor(known?.unit, judgeOf.learnt)
  return { watch, by: along, step: known?.own ? 'day' : 'hour', direction: known?.bad ?? 'down', judge }
}

interface RowProps {
  of: TenantRule
  name: string
  watchable: AlertRules['watchable']
  edit: () => void
}

function Row({ of, name, watchable, edit }: RowProps) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const { moment } = useFormat()
  const refusal = useWriteRefusal()
  const why = useRefused()
  const save = useSaveRule({ tenant: tenant.id }, of.rule.id)
  const snooze = useSnoozeRule({ tenant: tenant.id }, of.rule.id)
  const rests = of.snoozedUntil !== null && of.snoozedUntil > Date.now()
  const drop = useDropRule({ tenant: tenant.id }, of.rule.id)
  const { rule } = of
  const failed = { onError: (error: Error) => void message.error(why(error, t('alerts.invalid'))) }
  const words = useRuleWords()(rule, unitOf(rule, watchable))
  const along = [...(rule.whole ? [t('alerts.whole')] : []), ...rule.by.map((by) => t(`alerts.dimension.${by}`))]
  return (
    <li className="alert-rule">
      <div className="said">
        <h3>{rule.name || name}</h3>
        <p className="aux">
          {t(of.builtin ? 'alerts.builtin' : 'alerts.own')} · {t(`alerts.steps.${rule.step}`)} · {words.judge} ·{' '}
          {t(`alerts.directions.${rule.direction}`)} · {along.join(' / ')}
          {words.telling.map((one) => ` · ${one}`)}
          {rests && ` · ${t('alerts.rest', { time: moment(of.snoozedUntil!) })}`}
        </p>
        {of.rests && <p className="dense bad">{t(`alerts.rests.${of.rests}`)}</p>}
      </div>
      <Switch
        checked={rule.enabled}
        disabled={refusal !== null}
        loading={save.isPending}
        aria-label={`${rule.name || name} ${t('alerts.on')}`}
        onChange={(enabled) => save.mutate({ ...draftOf(rule), enabled }, failed)}
      />
      <Button
        size="small"
        disabled={refusal !== null || !rule.enabled}
        loading={snooze.isPending}
        aria-label={`${t(rests ? 'alerts.wakeRule' : 'alerts.restADay')}: ${rule.name || name}`}
        onClick={() => snooze.mutate(rests ? null : Date.now() + DAY_MS, failed)}
      >
        {t(rests ? 'alerts.wakeRule' : 'alerts.restADay')}
      </Button>
      <Button size="small" aria-label={`${t('alerts.edit')}: ${rule.name || name}`} onClick={edit}>
        {t('alerts.edit')}
      </Button>
      {!of.builtin && (
        <Popconfirm title={t('alerts.removeSure')} onConfirm={() => drop.mutate(undefined, failed)}>
          <Button size="small" disabled={refusal !== null} aria-label={`${t('alerts.remove')}: ${rule.name || name}`}>
            {t('alerts.remove')}
          </Button>
        </Popconfirm>
      )}
    </li>
  )
}

function List({ of }: { of: AlertRules }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const { opened: focus, open, close } = useOpened('focus')
  const tableOf = useRulesTable()
  const chosen = of.rules.find((one) => one.rule.id === focus)
  const asked = newRuleOf(focus, of.watchable)
  const nameOf = ({ rule, watched }: TenantRule) => watched?.[lang] ?? rule.watch
  return (
    <>
      <Card
        title={t('alerts.rules')}
        help={t('alerts.rulesHelp')}
        end={
          <span className="row wrap">
            <PageTools what={t('alerts.rules')} table={() => tableOf(of)} period={null} />
            <Button size="small" type="primary" onClick={() => open('new')}>
              {t('alerts.newRule')}
            </Button>
          </span>
        }
      >
        <ul>
          {of.rules.map((one) => (
            <Row
              key={one.rule.id}
              of={one}
              name={nameOf(one)}
              watchable={of.watchable}
              edit={() => open(one.rule.id)}
            />
          ))}
        </ul>
      </Card>
      {(chosen || asked) && (
        <RuleEditor
          key={focus}
          rule={chosen?.rule ?? null}
          begin={asked ?? {}}
          watchable={of.watchable}
          close={close}
        />
      )}
    </>
  )
}

export function Rules() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const rules = useAlertRules({ tenant: tenant.id })
  return (
    <Answer of={rules} what={t('alerts.rules')} cards={[12]}>
      {(data) => <List of={data} />}
    </Answer>
  )
}
