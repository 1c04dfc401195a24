import { Go } from '../shell/Go.tsx'
import { excerpt } from './spans.ts'
import './words.css'

interface WordsProps {
  of: { text: string; start: number; end: number }
  tone: 'plain' | 'bad'
  /** How much of the text stands on either side of the evidence, in UTF-16 units. */
  around?: number
}

/** A customer's words with the stretch that is meant; it leads to the voice itself. */
export function Words({ of, tone, around = 34 }: WordsProps) {
  const cut = excerpt(of.text.replace(/^…|…$/g, ' '), of.start, of.end, around)
  const text = cut.text.replace(/ $/, '…').replace(/^ /, '…')
  // The words around the stretch find the voice again: the stretch alone many have.
  const sought = of.text.slice(Math.max(of.text.startsWith('…') ? 1 : 0, of.start - 8), of.end + 8).replace(/…$/, '')
  return (
    <Go to="/voices" ask={{ text: sought.slice(0, 60).trim() }} className="words-quote plain">
      “{text.slice(0, cut.start)}
      <mark className={tone}>{text.slice(cut.start, cut.end)}</mark>
      {text.slice(cut.end)}”
    </Go>
  )
}
