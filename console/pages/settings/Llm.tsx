import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { LlmState } from '../../../src/http/shapes.ts'
import { useLlm } from '../../api/reading.ts'
import { Card } from '../../parts/Card.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { Answer } from '../../parts/states.tsx'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count, levelText } from '../../words/format.ts'
import { LlmForm } from './LlmForm.tsx'
import { useLlmTrouble } from './llm-trouble.ts'

/** What share went, what it changed, what is left of today's budget. */
function Figures({ of }: { of: LlmState }) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const { settings, spent, share } = of
  const left = {
    requests: count(Math.max(0, settings.requestsPerDay - spent.requests)),
    tokens: count(Math.max(0, settings.tokensPerDay - spent.tokens)),
  }
  return (
    <dl className="fact num">
      {settings.enabled && (
        <>
          <dt>{t('llm.left')}</dt>
          <dd>{t('llm.leftValue', left)}</dd>
        </>
      )}
      <dt>{t('llm.share')}</dt>
      <dd>
        {of.went === 0 ? (
          <span className="soft">{t('llm.nothing')}</span>
        ) : (
          <>
            {levelText(share.value, 'share')}{' '}
            <span className="aux">
              {t('llm.shareOf', { went: count(of.went), n: count(share.n) })}
              {share.low !== null &&
                share.high !== null &&
                ` · ${t('figure.interval', { range: range(share.low, share.high, 'share') })}`}
            </span>
          </>
        )}
      </dd>
      {of.went > 0 && (
        <>
          <dt>{t('llm.changed')}</dt>
          <dd>
            {t('llm.changedValue', { n: count(of.changed) })}{' '}
            <span className="aux">
              {t('llm.changedParts', {
                sentiment: count(of.sentiment),
                added: count(of.added),
                dropped: count(of.dropped),
                turned: count(of.turned),
              })}
            </span>
          </dd>
        </>
      )}
      {of.refused > 0 && (
        <>
          <dt>{t('llm.refused')}</dt>
          <dd>{t('llm.refusedValue', { n: count(of.refused) })}</dd>
        </>
      )}
    </dl>
  )
}

const pills = { off: 'pill', on: 'pill well', paused: 'pill now', spent: 'pill now' } as const

/** The language model that unsure voices go to: off until someone sets it up. */
export function Llm() {
  const { t } = useTranslation()
  const { exactMoment, moment } = useFormat()
  const { tenant } = useSurroundings()
  const refused = useWriteRefusal()
  const trouble = useLlmTrouble()
  const llm = useLlm({ tenant: tenant.id })
  return (
    <Card
      title={t('llm.title')}
      help={t('llm.help')}
      end={llm.data && <span className={pills[llm.data.condition]}>{t(`llm.condition.${llm.data.condition}`)}</span>}
    >
      <Answer of={llm} what={t('llm.title')} cards={[4]}>
        {(data) => (
          <div className="part">
            <Figures of={data} />
            {data.lastError && (
              <Alert
                type="warning"
                title={`${t('llm.lastError')} · ${moment(data.lastError.at)}`}
                description={
                  <>
                    {trouble(data.lastError.code, data.lastError.message, data.settings.baseUrl)}
                    {data.pausedUntil !== null && ` ${t('llm.again', { time: exactMoment(data.pausedUntil) })}`}
                  </>
                }
              />
            )}
            {refused ? <p className="aux">{refused}</p> : <LlmForm key={tenant.id} of={data} />}
            <p className="aux">{t('llm.masked')}</p>
          </div>
        )}
      </Answer>
    </Card>
  )
}
