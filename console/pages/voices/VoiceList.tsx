import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VoicePage } from '../../../src/http/shapes.ts'
import { count } from '../../words/format.ts'
import { TooNarrow } from './TooNarrow.tsx'
import { VoiceCard } from './VoiceCard.tsx'

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

/** J and K walk the list: the voice that is reached takes the focus. */
function useWalk(ids: readonly string[]): string | null {
  const [selected, setSelected] = useState<string | null>(null)
  const state = useRef({ ids, selected })
  state.current = { ids, selected }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0
      if (step === 0 || event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return
      const { ids: all, selected: here } = state.current
      const next = all[Math.min(all.length - 1, Math.max(0, (here === null ? -1 : all.indexOf(here)) + step))]
      if (next === undefined) return
      event.preventDefault()
      setSelected(next)
      const node = document.querySelector<HTMLElement>(`[data-voice="${CSS.escape(next)}"]`)
      node?.focus({ preventScroll: true })
      node?.scrollIntoView({ block: 'center' })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return selected
}

interface VoiceListProps {
  pages: readonly VoicePage[]
  /** Null on the last page. */
  more: (() => void) | null
  busy: boolean
}

/** The voices, newest first. The next page comes when its end comes into view, or by the button. */
export function VoiceList({ pages, more, busy }: VoiceListProps) {
  const { t } = useTranslation()
  const voices = pages.flatMap((page) => page.voices)
  const total = pages[0]?.total ?? 0
  const selected = useWalk(voices.map((voice) => voice.id))
  const foot = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!more || busy || !foot.current) return
    const watch = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && more(), {
      rootMargin: '300px',
    })
    watch.observe(foot.current)
    return () => watch.disconnect()
  }, [more, busy])
  if (voices.length === 0) return <TooNarrow />
  return (
    <>
      <ul className="voice-list" aria-label={t('voices.list')}>
        {voices.map((voice) => (
          <VoiceCard key={voice.id} of={voice} selected={voice.id === selected} />
        ))}
      </ul>
      <div className="list-foot" ref={foot}>
        {more ? (
          <Button onClick={more} loading={busy}>
            {t('voices.more', { n: Math.min(30, Math.max(total - voices.length, 1)) })}
          </Button>
        ) : (
          <span className="aux">{t('voices.end', { n: count(total) })}</span>
        )}
      </div>
    </>
  )
}
