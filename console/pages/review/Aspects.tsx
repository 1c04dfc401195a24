import { useTranslation } from 'react-i18next'
import type { WeeklyReview } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { ChangeMark } from '../../parts/ChangeMark.tsx'
import { Interval, tooFew } from '../../parts/Interval.tsx'
import { ends, type Scale, scaleOver } from '../../parts/scale.ts'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, levelText } from '../../words/format.ts'

type Aspect = WeeklyReview['aspects'][number]

function Row({ of, aspect, scale }: { of: WeeklyReview; aspect: Aspect; scale: Scale }) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const names = useNames()
  const { now, sinceUsual, scenes } = aspect
  const ask = {
    category: of.category ? [of.category] : undefined,
    aspect: [aspect.aspect],
    sentiment: ['negative'],
    ...of.period,
  }
  return (
    <tr>
      <th scope="row">
        <div className="cell">
          <Go to="/voices" ask={ask} className="plain">
            <span className="name">{names.said(aspect.name)}</span>
          </Go>
          <span className="aux">{names.said(aspect.owner)}</span>
        </div>
      </th>
      <td className="num to-right blamed" data-head={t('review.blamed')}>
        <Go
          to="/voices"
          ask={ask}
          aria-label={t('review.seeBlames', { what: names.said(aspect.name), n: count(aspect.blamed) })}
        >
          <b>{count(aspect.blamed)}</b>
        </Go>
      </td>
      <td className="num share" data-head={t('review.share')}>
        {tooFew(now.n) ? (
          <span className="aux" title={t('figure.fewLong')}>
            {t('figure.few')} · {t('figure.n', { n: count(now.n) })}
          </span>
        ) : (
          <div className="cell">
            <span>{levelText(now.value, 'share')}</span>
            <Interval of={now} scale={scale} tone="bad" />
            <span className="aux">
              {range(now.low!, now.high!, 'share')} · {t('figure.n', { n: count(now.n) })}
            </span>
          </div>
        )}
      </td>
      <td data-head={t('review.since')}>
        <ChangeMark change={sinceUsual} unit="share" higherIsBetter={false} />
      </td>
      <td data-head={t('review.scenes')}>
        <div className="scenes">
          {scenes.slice(0, 3).map((one) => (
            <Go key={one.scene} to="/voices" ask={{ ...ask, scene: [one.scene] }} className="pill line">
              #{names.said(one.name)} <span className="num">{count(one.blamed)}</span>
            </Go>
          ))}
        </div>
      </td>
    </tr>
  )
}

/** What is complained of, with its scenes and who owns it, and under it what the packs advise. */
export function Aspects({ of }: { of: WeeklyReview }) {
  const { t } = useTranslation()
  const names = useNames()
  const shown = of.aspects
  const scale = scaleOver([0, ...ends(shown.map((one) => one.now))])
  const advised = shown.filter((one) => one.advice !== null).slice(0, 4)
  return (
    <Card title={t('review.aspects')} help={t('review.aspectsHelp')}>
      {shown.length === 0 ? (
        <p className="aux">{t('review.noAspects')}</p>
      ) : (
        <div className="scroll">
          <table className="plain review-aspects">
            <thead>
              <tr>
                <th>{t('review.aspect')}</th>
                <th className="to-right">{t('review.blamed')}</th>
                <th>{t('review.share')}</th>
                <th>{t('review.since')}</th>
                <th>{t('review.scenes')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((aspect) => (
                <Row key={aspect.aspect} of={of} aspect={aspect} scale={scale} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {advised.length > 0 && (
        <div className="review-advice">
          <h3 className="aux">{t('review.advice')}</h3>
          <ul>
            {advised.map((one) => (
              <li key={one.aspect} className="dense">
                <b>{names.said(one.name)}</b> {names.said(one.advice!)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  )
}
