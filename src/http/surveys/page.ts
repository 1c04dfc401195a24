import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { View } from '../../app/surveys/view.ts'
import { asIs, html, type Markup } from './markup.ts'
import { type Asking, control, say } from './questions.ts'
import { fill, pageWords } from './words.ts'

const file = (name: string) => readFileSync(path.join(import.meta.dirname, name), 'utf8')
const look = asIs(file('page.css'))
const script = asIs(file('page.js'))
export const widgetScript = file('widget.js')

type Language = View['language']

/** What a page's answers are sent with. */
export interface Envelope {
  /** The address that answers are sent to. */
  action: string
  /** The token of this page, and that of a single-use link. */
  page: string
  link?: string
  channel: string
  /** The same page in the other language; null where the survey has one only. */
  otherLanguage: string | null
}

/** The changing part of the page: a question, thanks, or why there is none. */
export function content(view: View, envelope: Envelope): Markup {
  const words = pageWords[view.language]
  if (view.kind === 'full') return message(words.full, '')
  if (view.kind === 'thanks')
    return message(say(view, view.survey.thanks.title), say(view, view.survey.thanks.text), 'done')
  const { question, survey } = view
  const scores = question.type !== 'text'
  const isLast = view.place === survey.questions.length
  return html`<form method="post" action="${envelope.action}" novalidate data-offline="${words.offline}"${
    view.isFirst ? html` data-unseen` : html``
  }>
<header><progress max="${survey.questions.length}" value="${view.place - 1}" aria-label="${fill(words.progress, {
    n: view.place,
    of: survey.questions.length,
  })}"></progress>${languageLink(view, envelope)}</header>
${view.isFirst && html`<div class="about"><p class="title">${say(view, survey.title)}</p>${survey.intro !== undefined && html`<p>${say(view, survey.intro)}</p>`}</div>`}
${scores ? html`<fieldset aria-describedby="help problem"><legend>${heading(view)}</legend>` : html`<div><label for="a">${heading(view)}</label>`}
<p id="help" class="help">${[say(view, question.help), limit(view), question.required ? words.required : words.optional].filter(Boolean).join(' · ')}</p>
${control(view)}
<p id="problem" class="problem" role="alert">${view.problem ? words.problems[view.problem] : ''}</p>
${scores ? html`</fieldset>` : html`</div>`}
${hidden('question', question.id)}${hidden('page', envelope.page)}${hidden('channel', envelope.channel)}${
  envelope.link !== undefined && hidden('t', envelope.link)
}${hidden('lang', view.language)}
<div class="ways"><button type="submit" class="go">${isLast ? words.finish : words.next}</button>${
    view.canGoBack && html`<button type="submit" name="back" value="1" formnovalidate>${words.back}</button>`
  }</div>
</form>`
}

const heading = (view: Asking): Markup => html`<h1 tabindex="-1">${say(view, view.question.ask)}</h1>`
const hidden = (name: string, value: string): Markup => html`<input type="hidden" name="${name}" value="${value}">`

function limit({ question, language }: Asking): string {
  const atMost = question.type === 'multiple' ? question.atMost : undefined
  return atMost === undefined ? '' : fill(pageWords[language].atMost, { n: atMost })
}

function languageLink(view: View, { otherLanguage }: Envelope): Markup {
  if (otherLanguage === null) return html``
  return html`<a href="${otherLanguage}" lang="${view.language === 'zh' ? 'en' : 'zh-CN'}">${pageWords[view.language].other}</a>`
}

/** A page without a question. */
export function message(title: string, text: string, mark: 'done' | 'plain' = 'plain'): Markup {
  return html`<div class="message ${mark}" data-over>${
    mark === 'done' &&
    html`<svg viewBox="0 0 48 48" width="48" height="48" fill="none" aria-hidden="true"><circle cx="24" cy="24" r="21" stroke="currentColor" stroke-width="3"/><path d="m15 25 6 6 12-14" stroke="currentColor" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>`
  }<h1 tabindex="-1">${title}</h1>${text !== '' && html`<p>${text}</p>`}</div>`
}

/** The whole document. Nothing in it comes from elsewhere; style and script carry the nonce of its policy. */
export function documentOf(
  body: Markup,
  of: { title: string; language: Language; nonce: string; framed: boolean; preview?: boolean },
): string {
  return html`<!doctype html>
<html lang="${of.language === 'zh' ? 'zh-CN' : 'en'}"${of.framed ? html` class="framed"` : html``}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${of.title}</title><style nonce="${of.nonce}">${look}</style></head>
<body><main id="survey"${of.preview ? html` data-preview` : html``}>${body}</main><script nonce="${of.nonce}">${script}</script></body>
</html>`.markup
}

/** `ancestors` are the sites that may show the page within theirs. */
export function pagePolicy(nonce: string, ancestors: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${ancestors.length > 0 ? ancestors.join(' ') : "'none'"}`,
  ].join('; ')
}
