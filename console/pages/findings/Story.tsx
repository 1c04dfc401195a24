import { useTranslation } from 'react-i18next'
import type { FindingDetail } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { useFormat } from '../../shell/surroundings.tsx'
import { zh } from '../../words/zh.ts'

/** From discovery to now, the newest first. */
export function Story({ of }: { of: FindingDetail }) {
  const { t } = useTranslation()
  const format = useFormat()
  const difference = (value: number) => `${format.difference(value, of.unit)} ${format.differenceUnit(of.unit)}`
  const state = of.ticketState
  const steps: { key: string; when: string; what: string }[] = []
  const checked = of.current ? t('finding.checked', { effect: difference(of.effect.value) }) : t('finding.gone')
  steps.push({ key: 'checked', when: format.moment(of.checkedAt), what: checked })
  if (of.interventionIds.length > 0) steps.push({ key: 'intervened', when: '', what: t('finding.intervened') })
  if (state && state in zh.finding.inTicket)
    steps.push({
      key: 'ticket',
      when: '',
      what: t('finding.ticketed', { state: t(`finding.inTicket.${state as 'open'}`) }),
    })
  if (of.previousEffect)
    steps.push({
      key: 'previous',
      when: '',
      what: t('finding.previous', { effect: difference(of.previousEffect.value) }),
    })
  steps.push({ key: 'first', when: format.moment(of.firstSeenAt), what: t('finding.firstSeen') })
  return (
    <Card title={t('finding.story')}>
      <ol className="story">
        {steps.map((step) => (
          <li key={step.key}>
            {step.when && <p className="aux num">{step.when}</p>}
            <p className="dense">{step.what}</p>
          </li>
        ))}
      </ol>
    </Card>
  )
}
