import type { Quote as QuoteShape } from '../../src/http/shapes.ts'
import { excerpt } from './spans.ts'
import { Verbatim } from './Verbatim.tsx'

/** One customer's words around the span that carries the evidence; plain where the evidence is in the order, not in the words. */
export function Quote({ of, around }: { of: QuoteShape; around?: number }) {
  const cut = excerpt(of.text, of.start, of.end, around)
  const mention = { aspect: of.aspect, polarity: of.polarity, start: cut.start, end: cut.end }
  return <Verbatim text={cut.text} mentions={cut.start < cut.end ? [mention] : []} labelled={false} quoted />
}
