import { useTranslation } from 'react-i18next'
import type { Live, LiveFigures } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { ChangeMark } from '../../parts/ChangeMark.tsx'
import { Interval, tooFew } from '../../parts/Interval.tsx'
import { ends, type Scale, scaleOver, toneOf } from '../../parts/scale.ts'
import { useFormat } from '../../shell/surroundings.tsx'
import { count, levelText } from '../../words/format.ts'
import { useFunnelWords } from './names.ts'
import { ReachedCount } from './ReachedSheet.tsx'
import { SeeLost } from './SeeLost.tsx'

type LiveStep = LiveFigures['steps'][number]

function Onward({ of, step, scale }: { of: LiveStep; step: number; scale: Scale }) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const { went, usualWent, change } = of
  if (!went) return null
  const few = tooFew(went.n)
  return (
    <span className="onward">
      <span className="num share">
        {few ? (
          <span className="few-cell" title={t('figure.fewLong')}>
            {t('figure.few')}
          </span>
        ) : (
          <b>{levelText(went.value, 'share')}</b>
        )}{' '}
        <span className="aux">
          {t('live.goOn')} · {t('figure.n', { n: count(went.n) })}
          {!few && went.low !== null && ` · ${t('figure.interval', { range: range(went.low, went.high!, 'share') })}`}
        </span>
      </span>
      {!few && (
        <Interval
          of={went}
          scale={scale}
          tone={change ? toneOf(change, true) : 'focus'}
          reference={usualWent?.value ?? undefined}
          judged={false}
        />
      )}
      <span className="against">
        {usualWent && usualWent.value !== null && (
          <span className="aux num">{t('live.usualWent', { value: levelText(usualWent.value, 'share') })}</span>
        )}
        {change && <ChangeMark change={change} unit="share" higherIsBetter />}
        {change?.moreThanChance && change.value < 0 && (
          <span className="bad aux num">{t('live.lostMore', { n: count(of.extraLost) })}</span>
        )}
      </span>
      <SeeLost step={step} />
    </span>
  )
}

/** The funnel of the moment: who arrived at each step, who went on, and how it usually is. */
export function Steps({ of, figures }: { of: Live; figures: LiveFigures }) {
  const { t } = useTranslation()
  const { step: nameOf } = useFunnelWords()
  const { steps, trouble } = figures
  const most = Math.max(1, ...steps.map(({ arrived }) => arrived))
  const scale = scaleOver(
    ends(steps.flatMap(({ went, usualWent }) => [went, usualWent].filter((one) => one !== null))),
    [0, 1],
  )
  return (
    <Card title={t('live.steps')} help={t('live.stepsHelp')}>
      <ol className="live-steps">
        {steps.map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no other identity than its place
          <li key={i} className={trouble?.step === i ? 'stuck' : undefined}>
            <b className="name">{nameOf(of.funnel.steps[i]!)}</b>
            <span className="amount">
              <i style={{ width: `${(one.arrived / most) * 100}%` }} aria-hidden="true" />
            </span>
            <span className="num dense counted">
              <ReachedCount
                step={i}
                name={nameOf(of.funnel.steps[i]!)}
                text={t('live.arrived', { n: count(one.arrived) })}
              />
              {one.usualArrived.value !== null && (
                <span className="aux">
                  {' '}
                  {t('live.usualArrived', {
                    n: count(one.usualArrived.value),
                    low: count(one.usualArrived.low!),
                    high: count(one.usualArrived.high!),
                  })}
                </span>
              )}
            </span>
            <Onward of={one} step={i} scale={scale} />
          </li>
        ))}
      </ol>
    </Card>
  )
}
