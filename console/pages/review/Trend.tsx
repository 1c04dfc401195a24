import { useTranslation } from 'react-i18next'
import type { WeeklyReview } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { ChangeMark } from '../../parts/ChangeMark.tsx'
import { IntervalRows, tooFew } from '../../parts/Interval.tsx'
import { ends, scaleOver } from '../../parts/scale.ts'
import { useFormat } from '../../shell/surroundings.tsx'
import { count, level, levelText } from '../../words/format.ts'

/** The share of bad voices, this week above the weeks before it. */
export function Trend({ of }: { of: WeeklyReview }) {
  const { t } = useTranslation()
  const { day } = useFormat()
  const weeks = [...of.trend].reverse().filter((one) => one.share.n > 0)
  const { usual, sinceLast, sinceUsual } = of.voices
  const scale = scaleOver(ends(weeks.filter((one) => !tooFew(one.share.n)).map((one) => one.share)), [0])
  return (
    <Card title={t('review.bad')} help={t('review.badHelp')} className="trend">
      <dl className="fact">
        <dt>{t('review.lastWeek')}</dt>
        <dd>
          <ChangeMark change={sinceLast} unit="share" higherIsBetter={false} />
        </dd>
        <dt>{t('review.usual')}</dt>
        <dd>
          <ChangeMark change={sinceUsual} unit="share" higherIsBetter={false} />
        </dd>
      </dl>
      <IntervalRows
        name={t('review.trend')}
        nothing={t('figure.few')}
        scale={scale}
        judged={false}
        reference={usual.value ?? undefined}
        tick={(value) => level(value, 'share')}
        rows={weeks.map(({ week, from, share }) => ({
          key: week,
          label: week === of.week ? t('review.thisWeek') : day(from),
          of: tooFew(share.n) ? null : share,
          tone: week === of.week ? 'bad' : 'unsure',
          text: tooFew(share.n) ? '' : levelText(share.value, 'share'),
          n: t('figure.n', { n: count(share.n) }),
        }))}
      />
    </Card>
  )
}
