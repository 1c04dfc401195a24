import { useTranslation } from 'react-i18next'
import type { VoiceRow } from '../../../src/http/shapes.ts'
import { Go } from '../../shell/Go.tsx'
import { useNames } from '../../shell/surroundings.tsx'

/** What was understood of the whole voice, as chips: how pressing it is, what the writer wants, whom they compare with, what to mind in counting it. */
export function Told({ of }: { of: VoiceRow }) {
  const { t } = useTranslation()
  const names = useNames()
  const { urgency } = of
  const written = ({ start, end }: { start: number; end: number }) => of.text.slice(start, end)
  return (
    <>
      {urgency !== 'none' && (
        <Go to="/voices" ask={{ urgency: [urgency] }} className={urgency === 'now' ? 'pill now' : 'pill line'}>
          {names.urgency(urgency)}
        </Go>
      )}
      {of.intents.map((intent) => (
        <Go key={intent} to="/voices" ask={{ intent: [intent] }} className={chipOf[intent]}>
          {names.intent(intent)}
        </Go>
      ))}
      {of.sarcasm && <span className="pill wry">{t('voices.sarcastic')}</span>}
      {of.brands.map((brand) => (
        <span key={brand.id} className="pill">
          {t(brand.role === 'rival' ? 'voices.rival' : 'voices.brand', { what: written(brand) })}
        </span>
      ))}
      {of.spam.map((kind) => (
        <span key={kind} className="pill doubt">
          {names.spam(kind)}
        </span>
      ))}
      {of.incentive && <span className="pill doubt">{t('voices.incentive')}</span>}
      {of.copyOf && <span className="pill doubt">{t('voices.copy')}</span>}
    </>
  )
}

const chipOf: Record<VoiceRow['intents'][number], string> = {
  threaten_to_report: 'pill ill',
  threaten_to_leave: 'pill ill',
  return: 'pill ill',
  complain: 'pill',
  ask: 'pill',
  suggest: 'pill',
  praise: 'pill',
}

/** How strongly a feeling is put, as three bars that fill. */
export function Strength({ of }: { of: number }) {
  const { t } = useTranslation()
  const words = t('voices.strength', { value: `${Math.round(of * 100)}%` })
  const filled = of >= 0.67 ? 3 : of >= 0.4 ? 2 : 1
  return (
    <span className="strength" title={words}>
      {[1, 2, 3].map((bar) => (
        <i key={bar} className={bar <= filled ? 'on' : undefined} aria-hidden="true" />
      ))}
      <span className="hidden">{words}</span>
    </span>
  )
}
