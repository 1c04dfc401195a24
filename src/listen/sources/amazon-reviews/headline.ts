import { textOfHtml } from '../../decode/html.ts'
import { titled } from '../../talk/thread.ts'

/** Headlines that Amazon itself filled in where a customer gave none. */
const FILLED_IN = /^(?:one|two|three|four|five) stars?$/i

/** Headline and body as one text; whether the headline is Amazon's. */
export function wordsUnder(headline: string | undefined, body: string | undefined) {
  const filledIn = headline !== undefined && FILLED_IN.test(headline.trim())
  const text = titled(filledIn ? undefined : headline, body)
  return { text: text && textOfHtml(text), default_headline: filledIn || undefined }
}
