import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VoiceRow } from '../../../src/http/shapes.ts'
import { Polarity } from '../../parts/Polarity.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { Verbatim } from '../../parts/Verbatim.tsx'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, level, shortened } from '../../words/format.ts'
import { Correct, useCorrectKey } from './Correct.tsx'
import { Strength, Told } from './Told.tsx'

function Words({ of }: { of: VoiceRow }) {
  const { t } = useTranslation()
  if (of.text === '') return <p className="verbatim soft">{t('voices.onlyRating')}</p>
  if (of.read) {
    return (
      <>
        <Verbatim text={of.text} mentions={of.mentions} sarcasm={of.sarcasm} lang={of.lang} />
        {of.unreadFrom !== null && (
          <p className="aux unread">{t('voices.partly', { n: count(of.text.length - of.unreadFrom) })}</p>
        )}
      </>
    )
  }
  return (
    <>
      <p className="verbatim" lang={of.lang === 'other' ? '' : of.lang}>
        {of.text}
      </p>
      <p className="aux unread">{t('voices.unread')}</p>
    </>
  )
}

/** Whose reading it is, where it is not the reader's own, and the way to set it right. */
function ReadingFoot({ of, open, toggle }: { of: VoiceRow; open: boolean; toggle: (() => void) | null }) {
  const { t } = useTranslation()
  return (
    <>
      {of.origin !== 'reader' && <span className="pill go">{t(`correct.by_${of.origin}`)}</span>}
      {toggle && (
        <button
          type="button"
          className="bare correct-button"
          aria-expanded={open}
          title={t('correct.openLong')}
          onClick={toggle}
        >
          {t(open ? 'correct.close' : 'correct.open')}
        </button>
      )}
    </>
  )
}

const whole = (value: number) => shortened(level(value, 'points'))

/** One thing a customer said: where and when, the words with their spans, and what it is about. */
export function VoiceCard({ of, selected }: { of: VoiceRow; selected: boolean }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const names = useNames()
  const [correcting, setCorrecting] = useState(false)
  const toggle = useCallback(() => setCorrecting((open) => !open), [])
  const mayCorrect = useWriteRefusal() === null && of.text !== ''
  useCorrectKey(selected && mayCorrect, toggle)
  const feeling = of.emotion === 'none' ? undefined : names.emotion(of.emotion)
  return (
    <li>
      <article
        className={selected ? 'voice selected' : 'voice'}
        data-voice={of.id}
        tabIndex={-1}
        aria-current={selected}
      >
        <header className="aux">
          <span>{names.kind(of.kind)}</span>
          <time dateTime={new Date(of.at).toISOString()} className="num">
            {moment(of.at)}
          </time>
          {of.speaker !== 'customer' && <span>{names.speaker(of.speaker)}</span>}
          {of.city && <span>{names.city(of.city)}</span>}
          {of.rating !== null && (
            <span className="num">
              {of.metric && `${of.metric.toUpperCase()} `}
              {t('voices.rated', { value: whole(of.rating), max: whole(of.ratingMax) })}
            </span>
          )}
          {of.read && of.text !== '' && (
            <span className="feeling">
              <Polarity of={of.sentiment} word={feeling} />
              {feeling && of.emotionStrength > 0 && <Strength of={of.emotionStrength} />}
            </span>
          )}
        </header>
        <Words of={of} />
        <footer className="aux">
          <Told of={of} />
          {of.productId && (
            <Go to="/voices" ask={{ product: [of.productId] }} className="plain">
              <span className="name">{names.product(of.productId)}</span>
            </Go>
          )}
          {of.scenes.map((scene) => (
            <Go key={scene} to="/voices" ask={{ scene: [scene] }} className="pill line">
              #{names.scene(scene)}
            </Go>
          ))}
          {of.orderId && (
            <Go to="/voices" ask={{ order: of.orderId }} className="plain order" title={t('voices.seeOrder')}>
              <span className="name num">{t('voices.order', { what: of.orderId })}</span>
            </Go>
          )}
          <ReadingFoot of={of} open={correcting} toggle={mayCorrect ? toggle : null} />
        </footer>
        {correcting && mayCorrect && <Correct voice={of} />}
      </article>
    </li>
  )
}
