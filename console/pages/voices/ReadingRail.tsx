import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VoiceFacets } from '../../../src/http/shapes.ts'
import { toggled } from '../../api/search.ts'
import { tooFew } from '../../parts/Interval.tsx'
import { Polarity, PolaritySplit } from '../../parts/Polarity.tsx'
import { useAsking } from '../../shell/Go.tsx'
import { useAddress, useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, levelText } from '../../words/format.ts'

const SHOWN = 14

/** A negative share in words: with its interval, or that there are too few. */
function useShareWords() {
  const { t } = useTranslation()
  const { range } = useFormat()
  return ({ value, low, high, n }: VoiceFacets['aspects'][number]['negativeShare']): string =>
    tooFew(n) || low === null || high === null
      ? t('figure.fewLong')
      : `${t('voices.negativeShare')} ${levelText(value, 'share')} · ${t('figure.interval', { range: range(low, high, 'share') })}`
}

function AspectRow({ of }: { of: VoiceFacets['aspects'][number] }) {
  const { t } = useTranslation()
  const names = useNames()
  const { range } = useFormat()
  const ask = useAsking()
  const chosen = useAddress().aspect?.includes(of.aspect) ?? false
  const { value, low, high } = of.negativeShare
  const few = tooFew(of.n)
  const words = useShareWords()(of.negativeShare)
  return (
    <li>
      <button
        type="button"
        className={chosen ? 'bare aspect chosen' : 'bare aspect'}
        aria-pressed={chosen}
        title={words}
        onClick={() => ask((search) => toggled(search, 'aspect', of.aspect))}
      >
        <span className="label">
          {names.aspect(of.aspect)}
          <span className="aux num">{t('figure.n', { n: count(of.n) })}</span>
        </span>
        {few ? (
          <span className="few">{t('figure.few')}</span>
        ) : (
          <PolaritySplit negative={of.negative} neutral={of.neutral} positive={of.positive} low={low} high={high} />
        )}
        <span className="share num">
          {!few && (
            <>
              <b className={value !== null && value > 0.5 ? 'bad' : undefined}>{levelText(value, 'share')}</b>
              <span className="aux">{low !== null && high !== null && range(low, high, 'share')}</span>
            </>
          )}
        </span>
        <span className="hidden">{words}</span>
      </button>
    </li>
  )
}

/** What the selected voices talk about and in which scenes; each line is a filter. */
export function ReadingRail({ of }: { of: VoiceFacets }) {
  const { t } = useTranslation()
  const names = useNames()
  const ask = useAsking()
  const chosen = useAddress().scene ?? []
  const [open, setOpen] = useState(false)
  const shareWords = useShareWords()
  const scenes = of.scenes.filter((one) => one.scene !== '').slice(0, 12)
  return (
    <div className={open ? 'rail-parts open' : 'rail-parts'}>
      {of.aspects.length > 0 && (
        <section>
          <h2>
            {t('voices.say')}
            <button type="button" className="bare unfold" aria-expanded={open} onClick={() => setOpen(!open)}>
              {t(open ? 'voices.lessFacets' : 'voices.seeSplit')}
            </button>
          </h2>
          <p className="row wrap aux legend">
            <Polarity of="negative" />
            <Polarity of="neutral" />
            <Polarity of="positive" />
            {t('voices.sayHelp')}
          </p>
          <p className="aspect aux" aria-hidden="true">
            <span>{t('voices.aspectHead')}</span>
            <span>{t('voices.makeup')}</span>
            <span className="share">{t('voices.negativeShare')}</span>
          </p>
          <ul>
            {of.aspects.slice(0, SHOWN).map((aspect) => (
              <AspectRow key={aspect.aspect} of={aspect} />
            ))}
          </ul>
        </section>
      )}
      {scenes.length > 0 && (
        <section>
          <h2>{t('voices.where')}</h2>
          <ul className="reading-scenes">
            {scenes.map(({ scene, n, negativeShare }) => (
              <li key={scene}>
                <button
                  type="button"
                  className={chosen.includes(scene) ? 'bare scene chosen' : 'bare scene'}
                  aria-pressed={chosen.includes(scene)}
                  title={shareWords(negativeShare)}
                  onClick={() => ask((search) => toggled(search, 'scene', scene))}
                >
                  #{names.scene(scene)} <span className="aux num">{count(n)}</span>
                  {!tooFew(n) && <i style={{ width: `${(negativeShare.value ?? 0) * 100}%` }} />}
                  <span className="hidden">{shareWords(negativeShare)}</span>
                </button>
              </li>
            ))}
          </ul>
          <p className="aux">{t('voices.whereHelp')}</p>
        </section>
      )}
    </div>
  )
}
