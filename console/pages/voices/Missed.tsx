import { Button, Input, Segmented, Select } from 'antd'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CorrectedVoice } from '../../../src/http/shapes.ts'
import { type Change, type MentionPolarity, mentionPolarities } from '../../api/reading.ts'
import { useNames } from '../../shell/surroundings.tsx'

/** The UTF-16 offsets of what is selected within a node that holds nothing but one text; null where nothing of it is. */
function selectionIn(node: HTMLElement | null): { start: number; end: number } | null {
  const selection = window.getSelection()
  if (!node || !selection || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  if (!node.contains(range.startContainer) || !node.contains(range.endContainer)) return null
  const before = range.cloneRange()
  before.selectNodeContents(node)
  before.setEnd(range.startContainer, range.startOffset)
  const start = before.toString().length
  return { start, end: start + range.toString().length }
}

interface MissedProps {
  text: string
  of: CorrectedVoice
  busy: boolean
  say: (change: Change) => void
}

/** What the reader did not see: its words, selected in the text or typed, and what they say. */
export function Missed({ text, of, busy, say }: MissedProps) {
  const { t } = useTranslation()
  const names = useNames()
  const node = useRef<HTMLParagraphElement>(null)
  const [words, setWords] = useState('')
  const [from, setFrom] = useState(0)
  const [aspect, setAspect] = useState<string>()
  const [polarity, setPolarity] = useState<MentionPolarity>('negative')
  const [scene, setScene] = useState<string | null>(null)
  const [wrong, setWrong] = useState('')
  const take = () => {
    const span = selectionIn(node.current)
    if (!span) return
    setWords(text.slice(span.start, span.end).trim())
    setFrom(span.start)
    setWrong('')
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const at = text.indexOf(words, from)
    const start = at >= 0 ? at : text.indexOf(words)
    if (words === '') return setWrong(t('correct.needWords'))
    if (start < 0) return setWrong(t('correct.notThere'))
    if (aspect === undefined) return setWrong(t('correct.needAspect'))
    say({ kind: 'add', aspect, polarity, scene, start, end: start + words.length })
    setWords('')
    setWrong('')
  }
  return (
    <form className="missed" onSubmit={submit}>
      <b className="dense">{t('correct.missed')}</b>
      <span className="aux">{t('correct.missedHelp')}</span>
      <p
        ref={node}
        className="select-words"
        onPointerUp={take}
        onTouchEnd={take}
        lang={of.reading.lang === 'zh' ? 'zh-CN' : undefined}
      >
        {text}
      </p>
      <div className="row wrap">
        <Input
          className="words-typed"
          size="small"
          value={words}
          aria-label={t('correct.words')}
          placeholder={t('correct.wordsPlaceholder')}
          onChange={(event) => {
            setWords(event.target.value)
            setFrom(0)
          }}
        />
        <Select
          className="pick"
          size="small"
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('correct.aspect')}
          placeholder={t('correct.aspect')}
          value={aspect}
          options={of.aspects.map((value) => ({ value, label: names.aspect(value) }))}
          onChange={setAspect}
        />
        <Segmented<MentionPolarity>
          size="small"
          aria-label={t('correct.polarity')}
          value={polarity}
          options={mentionPolarities.map((value) => ({ value, label: names.polarity(value) }))}
          onChange={setPolarity}
        />
        <Select
          className="pick"
          size="small"
          allowClear
          aria-label={t('correct.scene')}
          placeholder={t('correct.noScene')}
          value={scene}
          options={of.scenes.map((value) => ({ value, label: names.scene(value) }))}
          onChange={(to: string | undefined) => setScene(to ?? null)}
        />
        <Button size="small" type="primary" htmlType="submit" loading={busy}>
          {t('correct.add')}
        </Button>
      </div>
      {wrong !== '' && (
        <span className="aux bad" role="alert">
          {wrong}
        </span>
      )}
    </form>
  )
}
