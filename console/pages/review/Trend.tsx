import { useTranslation } from 'react-i18next'
import type { WeeklyReview } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { ChangeMark } from '../../parts/ChangeMark.tsx'
import { Interval, tooFew } from '../../parts/Interval.tsx'
import { ends, scaleOver } from '../../parts/scale.ts'
import { Go } from '../../shell/Go.tsx'
import { useFormat } from '../../shell/surroundings.tsx'
import { count, levelText } from '../../words/format.ts'

/** The share of bad voices, this week above the weeks before it. */
export function Trend({ of }: { of: WeeklyReview }) {
  const { t } = useTranslation()
  const { day } = useFormat()
  const weeks = [...of.trend].reverse().filter((one) => one.share.n > 0)
  const { usual, sinceLast, sinceUsual } = of.voices
  const scale = scaleOver(ends(weeks.filter((one) => !tooFew(one.share.n)).map((one) => one.share)))
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
      <ul className="weeks num" aria-label={t('review.trend')}>
        {weeks.map(({ week, from, share }) => {
          const here = week === of.week
          const few = tooFew(share.n)
          return (
            <li key={week} className={here ? '' : 'soft'}>
              {here ? (
                <span>{t('review.thisWeek')}</span>
              ) : (
                <Go to="/review" ask={{ week, category: of.category ? [of.category] : undefined }}>
                  {day(from)}
                </Go>
              )}
              {few ? (
                <span className="aux">{t('figure.few')}</span>
              ) : (
                <Interval
                  of={share}
                  scale={scale}
                  tone={here ? 'bad' : 'unsure'}
                  reference={usual.value ?? undefined}
                  judged={false}
                />
              )}
              <b>{few ? '' : levelText(share.value, 'share')}</b>
              <span className="aux">{t('figure.n', { n: count(share.n) })}</span>
            </li>
          )
        })}
      </ul>
      <p className="aux">{t('review.trendHelp')}</p>
    </Card>
  )
}
