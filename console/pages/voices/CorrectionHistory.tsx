import { useTranslation } from 'react-i18next'
import type { CorrectedVoice } from '../../../src/http/shapes.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'

type Line = CorrectedVoice['history'][number]

/** What was done, in a sentence: the words concerned, and what they were changed to. */
function useSentence(text: string): (change: Line['change']) => string {
  const { t } = useTranslation()
  const names = useNames()
  return ({ kind, to, mention, aspect = '', polarity = '', ...own }) => {
    const { start = 0, end = 0 } = mention ?? own
    const what = text.slice(start, end)
    const target = to ?? ''
    switch (kind) {
      case 'sentiment':
      case 'polarity':
        return t(`correct.did.${kind}`, { what, to: names.polarity(target) })
      case 'aspect':
        return t('correct.did.aspect', { what, to: names.aspect(target) })
      case 'scene':
        return t('correct.did.scene', { what, to: target === '' ? t('correct.noScene') : names.scene(target) })
      case 'add':
        return t('correct.did.add', { what, to: `${names.aspect(aspect)} · ${names.polarity(polarity)}` })
      case 'confirm':
      case 'drop':
        return t(`correct.did.${kind}`, { what })
      case 'undo':
        return t('correct.undo')
    }
  }
}

/** Every correction of a voice, the latest first; what was taken back stays in the list, struck through. */
export function CorrectionHistory({ text, of }: { text: string; of: CorrectedVoice }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const sentence = useSentence(text)
  return (
    <details className="corrections">
      <summary className="dense">{t('correct.history')}</summary>
      <ol>
        {[...of.history].reverse().map((line) => (
          <li key={line.id} className="dense">
            <span className="aux num">
              {moment(line.at)} · {line.actor}
            </span>{' '}
            {line.undone ? <s>{sentence(line.change)}</s> : sentence(line.change)}
            {line.undone && <span className="aux"> {t('correct.undone')}</span>}
          </li>
        ))}
      </ol>
    </details>
  )
}
