import { textOfHtml } from '../decode/html.ts'

/** The line above quoted mail, in the words of mail programs. */
const attribution =
  /^(?:on\b.{5,250}\bwrote\s*[:：]|.{0,200}<[^>]+@[^>]+>\s*(?:wrote|写道|寫道)\s*[:：]|(?:在|于)?.{4,250}(?:写道|寫道|写到|书写)\s*[:：]|am\b.{5,250}\bschrieb\b.{0,120}:|.{3,200}\bschrieb am\b.{3,80}:|le\b.{5,250}\ba écrit\s*:|el\b.{5,250}\bescribió\s*:|il\b.{5,250}\bha scritto\s*:|op\b.{5,250}\bschreef\b.{0,120}:|em\b.{5,250}\bescreveu\s*:|.{4,250}(?:написал(?:\(?а\)?)?|пишет)\s*:|.{4,200}(?:のメール|書きました)\s*[:：])$/is

/** How that line begins where a program broke it over several. */
const opening = /^(?:(?:on|am|le|el|il|op|em)\b|在|\d{1,4}[./年-]\d{1,2}[./月-]\d{1,4})/i

const separator =
  /^\s*-{2,}\s*(?:original message|original-nachricht|ursprüngliche nachricht|forwarded message|reply message|原始邮件|原邮件|原始郵件|转发邮件|轉寄郵件|转发的邮件|回复的原邮件|исходное сообщение|пересылаемое сообщение|message d'origine|message original|mensaje original|messaggio originale)\s*-{2,}/i
const from = /^[*_\s]*(?:from|发件人|發件人|寄件者|von|от|de|da|差出人)[*_\s]*[:：]/i
const beside =
  /^[*_\s]*(?:sent|date|to|subject|发送时间|发送日期|日期|时间|收件人|主题|寄件日期|收件者|主旨|gesendet|datum|an|betreff|отправлено|дата|кому|тема|envoyé|à|objet|enviado|para|asunto|送信日時|宛先|件名)[*_\s]*[:：]/i
const device =
  /^\s*(?:sent from (?:my|outlook|mail|yahoo|proton)|get outlook for|发自我的|來自我的|来自我的|从我的.{1,20}发送|發自我的|发自.{1,20}(?:邮箱|手机|iphone)|von meinem .{1,30} gesendet|отправлено (?:с|из) |envoyé de mon|enviado desde mi|inviato da)/i

/** What a person wrote this time: earlier mail that a program quoted below or between, signatures and the device's own line are cut. */
export function ownWords(text: string): string {
  const lines = withoutEarlier(
    text
      .replace(/\r\n?/g, '\n')
      .replace(/\u00a0/g, ' ')
      .split('\n'),
  )
  const signature = lines.findIndex((line) => /^--\s*$/.test(line))
  const said = (signature >= 0 ? lines.slice(0, signature) : lines).filter((line) => !device.test(line))
  return said
    .join('\n')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** What a message says, of e-mail only what was written this time: what it quotes may be the other side's. Undefined where nothing is left. */
export const ownIn = (isMail: boolean, text: string | undefined): string | undefined =>
  text !== undefined && isMail ? ownWords(text) || undefined : text

/** The same of a message in HTML. */
export const ownInHtml = (isMail: boolean, html: string | undefined): string | undefined =>
  html === undefined ? undefined : isMail ? ownWordsOfHtml(html) || undefined : textOfHtml(html)

function withoutEarlier(lines: readonly string[]): string[] {
  const kept: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    if (separator.test(line) || beginsHeaders(lines, at)) break
    if (/^\s*>/.test(line)) continue
    const long = attributionAt(lines, at)
    if (long === 0) {
      kept.push(line)
      continue
    }
    const next = lines.slice(at + long).find((one) => one.trim() !== '')
    // Without marks there is nothing to tell where the quoted mail ends.
    if (next !== undefined && !/^\s*>/.test(next) && kept.some((one) => one.trim() !== '')) break
    at += long - 1
  }
  return kept
}

/** How many lines, up to three, make up the line above quoted mail; programs break it. 0 where there is none. */
function attributionAt(lines: readonly string[], at: number): number {
  for (let long = 1; long <= 3 && at + long <= lines.length; long++) {
    const joined = lines.slice(at, at + long).map((line) => line.trim())
    if (joined.includes('')) return 0
    const isAbove = (text: string) => /[:：]$/.test(text) && /\d|@/.test(text) && attribution.test(text)
    // A person's own line above it is no part of it.
    if (long > 1 && !opening.test(joined[0]!) && isAbove(joined.slice(1).join(' '))) return 0
    if (isAbove(joined.join(' '))) return long
  }
  return 0
}

/** Outlook's block of headers: from, and within the next lines when, to whom and about what. */
function beginsHeaders(lines: readonly string[], at: number): boolean {
  if (!from.test(lines[at]!)) return false
  return lines.slice(at + 1, at + 6).filter((line) => beside.test(line)).length >= 2
}

/** Where mail programs put what they quote. */
const containers =
  /<(?:div|span|table)\b[^>]*(?:class|id)\s*=\s*["']?[^"'>]*(?:gmail_quote|yahoo_quoted|moz-cite-prefix|outlookmessageheader|divrplyfwdmsg|appendonsend|mail-quote|ntes-mailmaster-quote|foxmail_quote|qmbox|includetail|freshdesk_quote|zmail_extra|zd-quote|quoted-text|protonmail_quote|tutanota_quote)[^>]*>|<hr\b[^>]*id\s*=\s*["']?stopspelling/i

/** The words of an HTML mail without what is quoted in it. */
export function ownWordsOfHtml(html: string): string {
  const container = containers.exec(html)
  const above = container ? html.slice(0, container.index) : html
  const words = ownWords(textOfHtml(withoutBlockquotes(above)))
  return words === '' && container ? ownWords(textOfHtml(withoutBlockquotes(html))) : words
}

function withoutBlockquotes(html: string): string {
  let depth = 0
  let kept = ''
  for (const part of html.split(/(<\/?blockquote\b[^>]*>)/i)) {
    if (/^<blockquote\b/i.test(part)) depth++
    else if (/^<\/blockquote\b/i.test(part)) depth = Math.max(0, depth - 1)
    else if (depth === 0) kept += part
  }
  return kept
}
