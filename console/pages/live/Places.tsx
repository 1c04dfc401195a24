import { useTranslation } from 'react-i18next'
import type { LiveFigures } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { Interval } from '../../parts/Interval.tsx'
import { ends, scaleOver } from '../../parts/scale.ts'
import { count, levelText } from '../../words/format.ts'
import { useFunnelWords } from './names.ts'

const share = ({ k, n }: { k: number; n: number }) => levelText(n === 0 ? null : k / n, 'share')

/** Where the lost are, the best explanation first. */
export function Places({ of }: { of: NonNullable<LiveFigures['trouble']> }) {
  const { t } = useTranslation()
  const { dimension, value } = useFunnelWords()
  const scale = scaleOver(ends(of.places.map((one) => one.extraLost)), [0])
  return (
    <Card title={t('live.where')} help={t('live.whereHelp')}>
      <ol className="live-places">
        {of.places.map((one) => (
          <li key={`${one.by} ${one.value}`}>
            <span className="name">
              <span className="aux">{dimension(one.by)}</span> <b>{value(one.by, one.value)}</b>
            </span>
            <Interval of={one.extraLost} scale={scale} tone="bad" reference={0} />
            <span className="num dense">
              {t('live.whereLost', {
                value: count(one.extraLost.value ?? 0),
                low: count(one.extraLost.low ?? 0),
                high: count(one.extraLost.high ?? 0),
              })}
              <span className="aux"> {t('live.whereShare', { share: levelText(one.shareOfDrop, 'share') })}</span>
            </span>
            <span className="num aux">
              {t('live.whereRow', { now: share(one.now), usual: share(one.usual) })} ·{' '}
              {t('figure.n', { n: count(one.now.n) })}
              {one.usual.n === 0 && ` · ${t('live.newHere')}`}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}
