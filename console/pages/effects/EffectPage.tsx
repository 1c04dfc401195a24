import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Effect } from '../../../src/http/shapes.ts'
import { useOneEffect } from '../../api/queries.ts'
import { Answer } from '../../parts/states.tsx'
import { Star } from '../../shell/Mark.tsx'
import { Page } from '../../shell/Page.tsx'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { joinRange, level, signed } from '../../words/format.ts'
import './effects.css'
import { Gaps } from './Gaps.tsx'
import { Lines } from './Lines.tsx'
import { Checks, DidTable, Facts, Method } from './Sides.tsx'
import { toneOfEffect } from './tone.ts'
import { Verdict } from './Verdict.tsx'

function Head({ of }: { of: Effect }) {
  const { t } = useTranslation()
  const format = useFormat()
  const names = useNames()
  const { effect, relative, sentence } = of.proof
  return (
    <div className="effect-verdict">
      <Star size={26} />
      <div className="words">
        <h2>{sentence[format.lang]}</h2>
        <p className="soft">{names.said(of.what)}</p>
      </div>
      <div className="figures">
        {effect && (
          <div className="figure">
            <span className="aux">{t('effect.net', { outcome: names.outcome(of.outcome) })}</span>
            <b className={`num ${toneOfEffect(effect)}`}>
              {format.difference(effect.value, 'share')} <small>{format.differenceUnit('share')}</small>
            </b>
            <span className="aux num">
              {t('figure.interval', { range: format.range(effect.low, effect.high, 'share') })}
            </span>
          </div>
        )}
        {effect && relative && (
          <div className="figure">
            <span className="aux">{t('effect.relative')}</span>
            <b className={`num ${toneOfEffect(effect)}`}>
              {signed(relative.value, 'share')}
              <small>%</small>
            </b>
            <span className="aux num">
              {t('figure.interval', {
                range: joinRange(`${level(relative.low, 'share')}%`, `${level(relative.high, 'share')}%`, format.lang),
              })}
            </span>
          </div>
        )}
      </div>
    </div>
  )
}

export default function EffectPage() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const names = useNames()
  const effect = useOneEffect(id, { tenant: tenant.id })
  return (
    <Page
      title={effect.data ? names.said(effect.data.what) : t('effect.title')}
      crumb={{ to: '/effects', label: t('effect.title') }}
      extra={effect.data && <Verdict of={effect.data} />}
    >
      <Answer of={effect} what={t('effect.title')} cards={[3, 10, 6]}>
        {(data) => (
          <div className="stack">
            <Head of={data} />
            <div className="effect-grid">
              <div className="stack">
                <Lines of={data} />
                <Gaps of={data} />
              </div>
              <div className="stack">
                <DidTable of={data} />
                <Checks of={data} />
                <Facts of={data} />
                <Method of={data} />
              </div>
            </div>
          </div>
        )}
      </Answer>
    </Page>
  )
}
