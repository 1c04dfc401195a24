import { useTranslation } from 'react-i18next'
import { useNames } from '../shell/surroundings.tsx'
import { signOf } from './Polarity.tsx'
import { cutLast, type Evidence, placesOf, type Role, type Segment, splitSpans } from './spans.ts'
import './verbatim.css'

interface VerbatimProps {
  text: string
  mentions: readonly Evidence[]
  /** The words that mean the opposite, where there are any. */
  sarcasm?: { start: number; end: number } | null
  lang?: string
  /** Whether each span is followed by its aspect's name, and terms, opinions and circumstances are told apart. */
  labelled?: boolean
  /** Hangs a quotation mark on both sides. */
  quoted?: boolean
}

/** The tag of a language for assistive technology; empty where it is the page's own or unknown. */
const tagOf = (lang: string | undefined) => (lang === 'zh' ? 'zh-CN' : lang === 'en' ? 'en' : undefined)

function Labels({ mentions }: { mentions: readonly Evidence[] }) {
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

/** Roles whose stretch is followed by its name; terms and opinions are known by their looks within the evidence. */
const named: readonly Role[] = ['scene', 'condition', 'cause', 'sarcasm']

/** A stretch drawn by what it is: a term framed, an opinion bold, a scene, condition, cause or sneer set off and named. */
function Roles({ segment }: { segment: Segment }) {
  const { t } = useTranslation()
  const { roles, closes, text } = segment
  if (roles.length === 0) return text
  return (
    <>
      <span className={`role ${roles.join(' ')}`}>{text}</span>
      {closes
        .filter((role) => named.includes(role))
        .map((role) => (
          <small key={role} className="role-name">
            {t(`voices.role_${role}` as 'voices.role_scene')}
          </small>
        ))}
    </>
  )
}

function Piece({ segment, labelled }: { segment: Segment; labelled: boolean }) {
  const { aspect, polarity } = useNames()
  const { mention, text, ends } = segment
  if (!mention) return <Roles segment={labelled ? segment : { ...segment, roles: [] }} />
  const said = ends.map((one) => `${polarity(one.polarity)} ${aspect(one.aspect)}`).join(' · ')
  const [head, tail] = cutLast(text)
  return (
    <mark className={mention.polarity} title={said || undefined}>
      {labelled && ends.length > 0 ? (
        <>
          {head !== '' && <Roles segment={{ ...segment, text: head, closes: [] }} />}
          <span className="tied">
            <Roles segment={{ ...segment, text: tail }} />
            <Labels mentions={ends} />
          </span>
        </>
      ) : (
        <Roles segment={labelled ? segment : { ...segment, roles: [] }} />
      )}
      {said && <span className="hidden">（{said}）</span>}
    </mark>
  )
}

/** A customer's words with the spans that carry the evidence. Text only: nothing in it is ever taken for markup. */
export function Verbatim({ text, mentions, sarcasm = null, lang, labelled = true, quoted = false }: VerbatimProps) {
  const segments = splitSpans(text, mentions, labelled ? placesOf(mentions, sarcasm) : [])
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
