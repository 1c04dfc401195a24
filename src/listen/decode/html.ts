import { Parser } from 'htmlparser2'

const blocks = new Set(
  'address article aside blockquote div dl dt dd fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
)
const silent = new Set(['script', 'style', 'head', 'template', 'title'])

/** A tag that is closed, or an entity: a lone `<` or `&` is a character like any other, and cuts nothing off. */
const MARKUP = /<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>|<!--|<!doctype|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d{0,2});/i

/** What a person reads of HTML: entities resolved, blocks and `<br>` as new lines, styles and scripts left out. Plain text stays as it is. */
export function textOfHtml(html: string): string {
  if (!MARKUP.test(html)) return html
  let text = ''
  let muted = 0
  const newLine = () => {
    if (text !== '' && !text.endsWith('\n')) text += '\n'
  }
  const parser = new Parser(
    {
      onopentag: (name) => {
        if (silent.has(name)) muted++
        else if (name === 'br') text += '\n'
        else if (blocks.has(name)) newLine()
      },
      ontext: (piece) => {
        if (muted === 0) text += piece
      },
      onclosetag: (name) => {
        if (silent.has(name)) muted = Math.max(0, muted - 1)
        else if (blocks.has(name)) newLine()
      },
    },
    { decodeEntities: true },
  )
  parser.end(html)
  return text
    .replace(/\u00a0/g, ' ')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
