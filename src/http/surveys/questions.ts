import type { View } from '../../app/surveys/view.ts'
import { html, type Markup } from './markup.ts'
import { fill, pageWords } from './words.ts'

export type Asking = View & { kind: 'question' }
type Question = Asking['question']
type Words = { zh?: string; en?: string }

/** Words of the survey in the page's language, else in its first. */
export function say(view: View, words: Words | undefined): string {
  return words?.[view.language] ?? words?.[view.survey.languages[0]!] ?? words?.zh ?? words?.en ?? ''
}

/** The control that a question is answered with. Its fields are `a`, or `a.` and the row. */
export function control(view: Asking): Markup {
  const { question } = view
  switch (question.type) {
    case 'nps':
    case 'csat':
    case 'ces':
    case 'stars':
      return question.type === 'stars' ? stars(view, question.most) : scale(view, question)
    case 'single':
      return choices(view, question.options, 'radio')
    case 'multiple':
      return choices(view, question.options, 'checkbox')
    case 'matrix':
      return matrix(view, question)
    case 'text':
      return html`<textarea id="a" name="a" rows="5" maxlength="5000" aria-describedby="help problem"
        placeholder="${pageWords[view.language].typeHere}">${typeof view.answer === 'string' ? view.answer : ''}</textarea>`
  }
}

const ends: Record<'nps' | 'csat' | 'ces', [number, number]> = { nps: [0, 10], csat: [1, 5], ces: [1, 7] }

function scale(view: Asking, question: Question & { type: 'nps' | 'csat' | 'ces' }): Markup {
  const [low, fallback] = ends[question.type]
  const high = question.type === 'ces' ? question.most : fallback
  const steps = Array.from({ length: high - low + 1 }, (_, at) => low + at)
  const [lowWord, highWord] = [say(view, question.low), say(view, question.high)]
  return html`<div class="scale of-${steps.length}">${steps.map((step) => {
    const word = step === low ? lowWord : step === high ? highWord : ''
    return html`<label><input type="radio" name="a" value="${step}"${checked(view.answer === step)}><span>${step}${
      word && html`<span class="hidden"> ${word}</span>`
    }</span></label>`
  })}</div>${(lowWord || highWord) && html`<div class="ends" aria-hidden="true"><span>${lowWord}</span><span>${highWord}</span></div>`}`
}

function stars(view: Asking, most: number): Markup {
  const steps = Array.from({ length: most }, (_, at) => at + 1)
  const name = pageWords[view.language].stars
  return html`<div class="stars">${steps.map(
    (step) =>
      html`<label><input type="radio" name="a" value="${step}"${checked(view.answer === step)}><span aria-hidden="true">★</span><span class="hidden">${fill(name, { n: step })}</span></label>`,
  )}</div>`
}

function choices(view: Asking, options: readonly { id: string; label: Words }[], type: 'radio' | 'checkbox'): Markup {
  const { answer } = view
  const isChosen = (id: string) => (Array.isArray(answer) ? answer.includes(id) : answer === id)
  return html`<div class="choices">${options.map(
    ({ id, label }) =>
      html`<label><input type="${type}" name="a" value="${id}"${checked(isChosen(id))}><span>${say(view, label)}</span></label>`,
  )}</div>`
}

function matrix(view: Asking, question: Question & { type: 'matrix' }): Markup {
  const given = typeof view.answer === 'object' && !Array.isArray(view.answer) ? (view.answer ?? {}) : {}
  return html`<div class="matrix">${question.rows.map(
    (row) =>
      html`<fieldset><legend>${say(view, row.label)}</legend><div class="cells">${question.columns.map(
        (column) =>
          html`<label><input type="radio" name="a.${row.id}" value="${column.id}"${checked(given[row.id] === column.id)}><span>${say(view, column.label)}</span></label>`,
      )}</div></fieldset>`,
  )}</div>`
}

const checked = (yes: boolean): Markup => (yes ? html` checked` : html``)
