import { App, Button, Checkbox, Input, Popconfirm } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SurveyDetail } from '../../../src/http/shapes.ts'
import { useHandOut } from '../../api/surveys.ts'
import { Card } from '../../parts/Card.tsx'
import { copied } from '../../parts/export/copied.ts'
import { Field } from '../../parts/Field.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { Fault } from './Fault.tsx'
import { Invitations } from './Invitations.tsx'
import { RuleForm } from './RuleForm.tsx'
import { StateMark } from './StateMark.tsx'

interface PartProps {
  of: SurveyDetail
}

function useHanding(of: SurveyDetail) {
  const { tenant } = useSurroundings()
  return useHandOut({ tenant: tenant.id }, of.id)
}

/** Draft, live, closed: and the one button that leads on. */
function State({ of }: PartProps) {
  const { t } = useTranslation()
  const refused = useWriteRefusal()
  const hand = useHanding(of)
  const start = () => hand.mutate({ state: 'live' })
  return (
    <Card title={t('surveys.state')} end={<StateMark of={of.state} />}>
      <div className="stack tight">
        <p className="dense soft">{t(`surveys.stateHelp.${of.state}`)}</p>
        {refused ? (
          <p className="aux">{refused}</p>
        ) : of.state === 'live' ? (
          <span>
            <Popconfirm
              title={t('surveys.closeSure')}
              okText={t('surveys.close')}
              onConfirm={() => hand.mutate({ state: 'closed' })}
            >
              <Button loading={hand.isPending}>{t('surveys.close')}</Button>
            </Popconfirm>
          </span>
        ) : (
          <span>
            <Button type="primary" loading={hand.isPending} onClick={start}>
              {t(of.state === 'draft' ? 'surveys.open' : 'surveys.reopen')}
            </Button>
          </span>
        )}
        {hand.error && <Fault of={hand.error} />}
      </div>
    </Card>
  )
}

function Snippet({ title, help, text }: { title: string; help: string; text: string }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const copy = async () => {
    if (await copied(text)) void message.info(t('surveys.copied'))
    else void message.warning(t('surveys.copyYourself'))
  }
  return (
    <section className="hand-out-code">
      <p className="row spread">
        <b>{title}</b>
        <Button size="small" aria-label={`${t('surveys.copy')} ${title}`} onClick={() => void copy()}>
          {t('surveys.copy')}
        </Button>
      </p>
      <p className="aux">{help}</p>
      <pre className="command">{text}</pre>
    </section>
  )
}

const attribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

/** The ways in which people come to the survey by themselves. */
function Ways({ of }: PartProps) {
  const { t } = useTranslation()
  const refused = useWriteRefusal()
  const hand = useHanding(of)
  const [origins, setOrigins] = useState(of.origins.join('\n'))
  const wanted = origins.split(/\s+/).filter(Boolean)
  const address = `${location.origin}/s/${of.key}`
  const { title, languages } = of.definition
  const isChanged = wanted.join(' ') !== of.origins.join(' ')
  return (
    <Card title={t('surveys.ways')}>
      <div className="stack">
        <Snippet title={t('surveys.link')} help={t('surveys.linkHelp')} text={address} />
        <Checkbox
          checked={of.once}
          disabled={refused !== null || hand.isPending}
          onChange={(event) => hand.mutate({ once: event.target.checked })}
        >
          {t('surveys.once')}
        </Checkbox>
        <Snippet
          title={t('surveys.widget')}
          help={t('surveys.widgetHelp')}
          text={`<script src="${location.origin}/widget.js?survey=${of.key}" data-after="5" async></script>`}
        />
        <Snippet
          title={t('surveys.embed')}
          help={t('surveys.embedHelp')}
          text={`<iframe src="${address}?channel=embed" title="${attribute(title[languages[0]!] ?? '')}" style="width:100%;height:560px;border:0"></iframe>`}
        />
        <Field label={t('surveys.origins')} help={t('surveys.originsHelp')}>
          <Input.TextArea
            rows={2}
            value={origins}
            disabled={refused !== null}
            spellCheck={false}
            onChange={(event) => {
              hand.reset()
              setOrigins(event.target.value)
            }}
          />
        </Field>
        {isChanged && (
          <span>
            <Button size="small" loading={hand.isPending} onClick={() => hand.mutate({ origins: wanted })}>
              {t('surveys.keep')}
            </Button>
          </span>
        )}
        {hand.error && <Fault of={hand.error} />}
      </div>
    </Card>
  )
}

/** How a survey reaches people: open ways on the left, whom it invites on the right. */
export function HandOut({ of }: PartProps) {
  return (
    <div className="survey-hand">
      <div className="stack">
        <State of={of} />
        <Ways of={of} />
      </div>
      <div className="stack">
        <RuleForm of={of} />
        <Invitations of={of} />
      </div>
    </div>
  )
}
