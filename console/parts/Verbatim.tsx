import { useTranslation } from 'react-i18next'
import type { VoiceRow } from '../../src/http/shapes.ts'
import { useNames } from '../shell/surroundings.tsx'
import { signOf } from './Polarity.tsx'
import { cutLast, type Segment, splitSpans } from './spans.ts'
import './verbatim.css'

type Mention = VoiceRow['mentions'][number]

interface VerbatimProps {
  text: string
  mentions: readonly Mention[]
  lang?: string
  /** Whether each span is followed by its aspect's name. */
  labelled?: boolean
  /** Hangs a quotation mark on both sides. */
  quoted?: boolean
}

/** The tag of a language for assistive technology; empty where it is the page's own or unknown. */
const tagOf = (lang: string | undefined) => (lang === 'zh' ? 'zh-CN' : lang === 'en' ? 'en' : undefined)

function Labels({ mentions }: { mentions: readonly Mention[] }) {
  const { aspect } = useNames()
  return mentions.map((mention) => (
    <span
      key={`${mention.aspect}-${mention.start}-${mention.polarity}`}
      className={`label ${mention.polarity}`}
      aria-hidden="true"
    >
      {signOf[mention.polarity]} {aspect(mention.aspect)}
    </span>
  ))
}

function Piece({ segment, labelled }: { segment: Segment; labelled: boolean }) {
  const { t } = useTranslation()
  const { aspect } = useNames()
  const { mention, text, ends } = segment
  if (!mention) return text
  const said = ends.map((one) => `${t(`polarity.${one.polarity}`)} ${aspect(one.aspect)}`).join(' · ')
  const [head, tail] = cutLast(text)
  return (
    <mark className={mention.polarity} title={said || undefined}>
      {labelled && ends.length > 0 ? (
        <>
          {head}
          <span className="tied">
            {tail}
            <Labels mentions={ends} />
          </span>
        </>
      ) : (
        text
      )}
      {said && <span className="hidden">（{said}）</span>}
    </mark>
  )
}

/** A customer's words with the spans that carry the evidence. Text only: nothing in it is ever taken for markup. */
export function Verbatim({ text, mentions, lang, labelled = true, quoted = false }: VerbatimProps) {
  const segments = splitSpans(text, mentions)
  return (
    <p className={quoted ? 'verbatim quoted' : 'verbatim'} lang={tagOf(lang)}>
      {quoted && '“'}
      {segments.map((segment, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in order
        <Piece key={i} segment={segment} labelled={labelled} />
      ))}
      {quoted && '”'}
    </p>
  )
}
