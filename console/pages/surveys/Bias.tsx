import { useTranslation } from 'react-i18next'
import type { SurveyResults } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { IntervalRows } from '../../parts/Interval.tsx'
import { useNames } from '../../shell/surroundings.tsx'
import { count, levelText, shortened } from '../../words/format.ts'
import { zh } from '../../words/zh.ts'
import { shareScale } from './scale.ts'

type BiasOf = SurveyResults['bias'][number]
type Dimension = keyof typeof zh.surveys.dimension
type Group = keyof typeof zh.surveys.group

export const isDimension = (text: string): text is Dimension => text in zh.surveys.dimension
const isGroup = (text: string): text is Group => text in zh.surveys.group

/** Who answered against who was invited, by one thing that was known of them. */
function BiasRows({ of }: { of: BiasOf }) {
  const { t } = useTranslation()
  const names = useNames()
  const named: Record<string, (id: string) => string> = { category: names.category, city: names.city }
  const nameOf = (group: string) =>
    isGroup(group) ? t(`surveys.group.${group}`) : (named[of.dimension]?.(group) ?? group)
  const title = isDimension(of.dimension) ? t(`surveys.dimension.${of.dimension}`) : of.dimension
  const scale = shareScale(Math.max(...of.rows.map(({ rate }) => rate.high ?? 0)))
  return (
    <section>
      <p className="row spread">
        <b>{title}</b>
        {of.rows.length > 1 && (
          <span className={of.p !== null && of.p < 0.05 ? 'aux bad' : 'aux'}>
            {of.p === null ? t('surveys.biasFew') : t(of.p < 0.05 ? 'surveys.biasMore' : 'surveys.biasChance')}
          </span>
        )}
      </p>
      <IntervalRows
        name={title}
        nothing={t('figure.noDataShort')}
        scale={scale}
        tick={(at) => shortened(levelText(at, 'share'))}
        judged={false}
        rows={of.rows.map(({ group, invited, answered, rate }) => ({
          key: group,
          label: nameOf(group),
          of: rate,
          tone: 'focus',
          text: levelText(rate.value, 'share'),
          n: `${count(answered)} / ${count(invited)}`,
        }))}
      />
    </section>
  )
}

export function BiasCards({ of }: { of: SurveyResults }) {
  const { t } = useTranslation()
  return (
    <Card title={t('surveys.bias')} help={of.bias.length > 0 && t('surveys.biasHelp')}>
      {of.bias.length === 0 ? (
        <p className="dense soft">{t('surveys.biasNone')}</p>
      ) : (
        <div className="stack">
          {of.bias.map((one) => (
            <BiasRows key={one.dimension} of={one} />
          ))}
        </div>
      )}
    </Card>
  )
}
