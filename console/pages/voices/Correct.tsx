import { Alert, App, Button, Segmented, Select } from 'antd'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { CorrectedVoice, VoiceRow } from '../../../src/http/shapes.ts'
import { ApiProblem } from '../../api/client.ts'
import {
  type Change,
  type Mention,
  type MentionPolarity,
  mentionPolarities,
  useCorrect,
  useReading,
} from '../../api/reading.ts'
import { useRefused } from '../../parts/rights.ts'
import { Answer } from '../../parts/states.tsx'
import { useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { CorrectionHistory } from './CorrectionHistory.tsx'
import { Missed } from './Missed.tsx'
import './correct.css'

const sentiments = ['negative', 'mixed', 'neutral', 'positive'] as const

interface MentionLineProps {
  text: string
  mention: Mention
  of: CorrectedVoice
  busy: boolean
  say: (change: Change) => void
}

/** One thing that was read: what it is about, how it was judged, where; each can be set right by itself. */
function MentionLine({ text, mention, of, busy, say }: MentionLineProps) {
  const { t } = useTranslation()
  const names = useNames()
  const key = { aspect: mention.aspect, start: mention.start, end: mention.end }
  const words = text.slice(mention.start, mention.end)
  const named = (ids: readonly string[], name: (id: string) => string) =>
    ids.map((value) => ({ value, label: name(value) }))
  return (
    <li>
      <q className="words">{words}</q>
      <div className="row wrap">
        <Select
          className="pick"
          size="small"
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={`${t('correct.aspect')}: ${words}`}
          value={mention.aspect}
          disabled={busy}
          options={named([...new Set([mention.aspect, ...of.aspects])], names.aspect)}
          onChange={(to: string) => say({ kind: 'aspect', mention: key, to })}
        />
        <Segmented<MentionPolarity>
          size="small"
          aria-label={`${t('correct.polarity')}: ${words}`}
          value={mention.polarity as MentionPolarity}
          disabled={busy}
          options={mentionPolarities.map((value) => ({ value, label: names.polarity(value) }))}
          onChange={(to) => say({ kind: 'polarity', mention: key, to })}
        />
        <Select
          className="pick"
          size="small"
          allowClear
          aria-label={`${t('correct.scene')}: ${words}`}
          placeholder={t('correct.noScene')}
          value={mention.scene}
          disabled={busy}
          options={named(of.scenes, names.scene)}
          onChange={(to: string | undefined) => say({ kind: 'scene', mention: key, to: to ?? null })}
        />
        <Button
          size="small"
          type="text"
          disabled={busy}
          icon={<X size={14} strokeWidth={1.75} aria-hidden />}
          onClick={() => say({ kind: 'drop', mention: key })}
        >
          {t('correct.drop')}
        </Button>
      </div>
    </li>
  )
}

function Panel({ voice, of }: { voice: VoiceRow; of: CorrectedVoice }) {
  const { t } = useTranslation()
  const names = useNames()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const refused = useRefused()
  const correct = useCorrect({ tenant: tenant.id }, voice)
  const say = (change: Change) =>
    correct.mutate(change, {
      onSuccess: () => change.kind === 'confirm' && void message.info(t('correct.confirmed')),
    })
  const why = (error: Error) => {
    const code = error instanceof ApiProblem ? error.code : ''
    if (code === 'correction_stale') return t('correct.stale')
    return code === 'correction_double' ? t('correct.double') : refused(error, t('correct.invalid'))
  }
  const standing = of.history.filter((line) => !line.undone)
  return (
    <>
      {correct.error && <Alert type="error" title={why(correct.error)} />}
      <div className="row wrap">
        <b className="dense">{t('correct.sentiment')}</b>
        <Segmented
          size="small"
          aria-label={t('correct.sentiment')}
          value={of.reading.sentiment}
          disabled={correct.isPending}
          options={sentiments.map((value) => ({ value, label: names.polarity(value) }))}
          onChange={(to) => say({ kind: 'sentiment', to })}
        />
      </div>
      <div>
        <b className="dense">{t('correct.mentions')}</b>
        {of.reading.mentions.length === 0 ? (
          <p className="soft dense">{t('correct.none')}</p>
        ) : (
          <ul className="read-mentions">
            {of.reading.mentions.map((mention) => (
              <MentionLine
                key={`${mention.aspect} ${mention.start} ${mention.end} ${mention.polarity}`}
                text={voice.text}
                mention={mention}
                of={of}
                busy={correct.isPending}
                say={say}
              />
            ))}
          </ul>
        )}
      </div>
      <Missed text={voice.text} of={of} busy={correct.isPending} say={say} />
      <div className="row wrap">
        <Button size="small" disabled={correct.isPending} onClick={() => say({ kind: 'confirm' })}>
          {t('correct.confirm')}
        </Button>
        {standing.length > 0 && (
          <Button size="small" disabled={correct.isPending} onClick={() => say({ kind: 'undo' })}>
            {t('correct.undo')}
          </Button>
        )}
      </div>
      {of.history.length > 0 && <CorrectionHistory text={voice.text} of={of} />}
    </>
  )
}

/** Below the voice, so that the words that are being corrected stay in sight. */
export function Correct({ voice }: { voice: VoiceRow }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const reading = useReading({ tenant: tenant.id }, voice)
  return (
    <section className="correct" aria-label={t('correct.title')}>
      <Answer of={reading} what={t('correct.title')} cards={[3]}>
        {(data) => <Panel voice={voice} of={data} />}
      </Answer>
    </section>
  )
}

/** E opens the correction of the voice that J and K have reached. */
export function useCorrectKey(selected: boolean, toggle: () => void): void {
  useEffect(() => {
    if (!selected) return
    const onKey = (event: KeyboardEvent) => {
      const target = event.target
      const typing =
        target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
      if (event.key !== 'e' || event.metaKey || event.ctrlKey || event.altKey || typing) return
      event.preventDefault()
      toggle()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [selected, toggle])
}
