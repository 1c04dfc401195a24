import { useTranslation } from 'react-i18next'
import type { FunnelResult } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { Interval, tooFew } from '../../parts/Interval.tsx'
import { Lead } from '../../parts/Lead.tsx'
import { scaleOver } from '../../parts/scale.ts'
import { useFormat } from '../../shell/surroundings.tsx'
import { count, levelText } from '../../words/format.ts'
import { useFunnelWords, useSeconds } from './names.ts'
import { ReachedCount } from './ReachedSheet.tsx'
import { SeeLost } from './SeeLost.tsx'
import { useWindowText } from './window.ts'

const whole = scaleOver([0, 1])

/** Who came through, and where most were lost. */
export function ResultLead({ of }: { of: FunnelResult }) {
  const { t } = useTranslation()
  const { step } = useFunnelWords()
  const n = of.steps[0]!.reached
  if (n === 0) return null
  if (tooFew(n)) return <Lead>{t('funnel.leadFew', { n: count(n) })}</Lead>
  const losses = of.steps.slice(1).map((one, i) => of.steps[i]!.reached - one.reached)
  const worst = losses.indexOf(Math.max(...losses))
  const said = t(of.funnel.unit === 'session' ? 'funnel.leadSession' : 'funnel.leadCustomer', {
    n: count(n),
    share: levelText(of.steps.at(-1)!.ofFirst.value, 'share'),
    from: step(of.funnel.steps[worst]!),
    lost: count(losses[worst]!),
  })
  return <Lead help={of.open > 0 ? t('funnel.open', { n: count(of.open) }) : undefined}>{said}</Lead>
}

type Step = FunnelResult['steps'][number]

function StepRow({ of, name, step, last }: { of: Step; name: string; step: number; last: boolean }) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const seconds = useSeconds()
  const { ofFirst, ofPrevious, seconds: took } = of
  const few = tooFew(ofPrevious.n)
  return (
    <li>
      <b className="name">{name}</b>
      <Interval of={ofFirst} scale={whole} tone="focus" />
      <span className="num dense reached">
        <ReachedCount step={step} name={name} text={count(of.reached)} />{' '}
        <span className="aux">{levelText(ofFirst.value, 'share')}</span>
      </span>
      <span className="num dense before">
        {step > 0 && few && (
          <span className="few-cell" title={t('figure.fewLong')}>
            {t('figure.few')}
          </span>
        )}
        {step > 0 && !few && (
          <>
            <b>{levelText(ofPrevious.value, 'share')}</b>{' '}
            <span className="aux">
              {t('figure.interval', { range: range(ofPrevious.low ?? 0, ofPrevious.high ?? 0, 'share') })} ·{' '}
              {t('figure.n', { n: count(ofPrevious.n) })}
            </span>
          </>
        )}
      </span>
      <span className="num dense took">
        {step > 0 && took.value !== null && (
          <>
            {seconds(took.value)}{' '}
            {took.low !== null && (
              <span className="aux">
                {seconds(took.low)} – {seconds(took.high)}
              </span>
            )}
          </>
        )}
      </span>
      {!last && <SeeLost step={step} />}
    </li>
  )
}

/** The funnel over a period. */
export function ResultSteps({ of }: { of: FunnelResult }) {
  const { t } = useTranslation()
  const { days } = useFormat()
  const { step } = useFunnelWords()
  const windowText = useWindowText()
  const { unit, windowMinutes } = of.funnel
  const help = `${days(of.period)} · ${t('funnel.resultHelp', { unit: t(`funnel.unit.${unit}`), window: windowText(windowMinutes) })}`
  return (
    <Card title={t('funnel.result')} help={help}>
      <div className="funnel-head aux" aria-hidden="true">
        <span>{t('funnel.stepHead')}</span>
        <span>{t('funnel.ofFirst')}</span>
        <span>{t('funnel.reached')}</span>
        <span>{t('funnel.ofPrevious')}</span>
        <span title={t('funnel.timeHelp')}>{t('funnel.time')}</span>
        <span />
      </div>
      <ol className="funnel-steps">
        {of.steps.map((one, i) => (
          <StepRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a step has no other identity than its place
            key={i}
            of={one}
            name={step(of.funnel.steps[i]!)}
            step={i}
            last={i === of.steps.length - 1}
          />
        ))}
      </ol>
    </Card>
  )
}
