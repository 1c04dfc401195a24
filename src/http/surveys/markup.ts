/** HTML that is safe to send. Only the template below makes it. */
export interface Markup {
  readonly markup: string
}

type Hole = Markup | string | number | false | null | readonly Markup[]

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character]!)

/** Whatever stands in a hole is text, escaped for content and quoted attributes alike, unless the template itself has made it. */
export function html(strings: TemplateStringsArray, ...holes: readonly Hole[]): Markup {
  const written = holes.map((hole) => {
    if (hole === false || hole === null) return ''
    if (typeof hole === 'object') return 'markup' in hole ? hole.markup : hole.map(({ markup }) => markup).join('')
    return escaped(String(hole))
  })
  return { markup: strings.reduce((text, part, i) => text + written[i - 1] + part) }
}

/** A file of ours that is sent as it is: a style sheet or a script. */
export const asIs = (text: string): Markup => ({ markup: text })
