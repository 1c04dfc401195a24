import type { Change } from '../../core/estimate.ts'
import { excerpt } from '../report/excerpt.ts'
import { difference, estimateText, interval } from '../report/figures.ts'
import { calledIn, type Lang } from '../report/shape.ts'
import type { Review } from './shape.ts'
import { words } from './words.ts'

/** The page as a list of plain blocks; both printers make their own of them. Texts are plain: each printer escapes them. */
export type Block =
  | { kind: 'title' | 'heading' | 'text' | 'quiet' | 'notice'; text: string }
  | { kind: 'list' | 'ordered'; items: string[] }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | { kind: 'quote'; before: string; evidence: string; after: string; source: string }

/** The review as blocks, in the order in which the meeting goes through it. */
export function blocksOf(review: Review, lang: Lang): Block[] {
  const say = words[lang]
  const scope = review.categoryName?.[lang] ?? say.all
  const partial = review.days < 7 ? ` · ${say.partial(review.days)}` : ''
  return [
    ...(review.tenant.simulated ? [{ kind: 'notice', text: say.simulated } as const] : []),
    { kind: 'title', text: `${say.title} ${review.week}` },
    {
      kind: 'quiet',
      text: `${calledIn(lang, review.tenant)} · ${scope} · ${review.period.from} – ${review.period.to}${partial}`,
    },
    { kind: 'heading', text: say.agenda },
    { kind: 'ordered', items: review.agenda.map((one) => one[lang]) },
    ...figures(review, lang),
    ...aspects(review, lang),
    ...topics(review, lang),
    ...quotes(review, lang),
    ...work(review, lang),
    { kind: 'quiet', text: say.method },
  ]
}

function changeText(change: Change | null, lang: Lang): string {
  const say = words[lang]
  if (!change) return say.tooFew
  if (!change.moreThanChance) return say.within
  return `${difference(change.value, 'share', lang)} (${interval(change.low, change.high, 'share', lang)})`
}

function figures({ voices, trend }: Review, lang: Lang): Block[] {
  const say = words[lang]
  return [
    { kind: 'heading', text: say.bad },
    { kind: 'text', text: estimateText(voices.now, 'share', lang) },
    {
      kind: 'list',
      items: [
        `${say.last}: ${estimateText(voices.last, 'share', lang)} → ${changeText(voices.sinceLast, lang)}`,
        `${say.usual}: ${estimateText(voices.usual, 'share', lang)} → ${changeText(voices.sinceUsual, lang)}`,
      ],
    },
    {
      kind: 'table',
      head: [say.week, say.share],
      rows: trend.filter((one) => one.share.n > 0).map((one) => [one.week, estimateText(one.share, 'share', lang)]),
    },
  ]
}

function aspects(review: Review, lang: Lang): Block[] {
  const say = words[lang]
  if (review.aspects.length === 0) return []
  const advice = review.aspects.filter((one) => one.advice !== null)
  return [
    { kind: 'heading', text: say.aspects },
    {
      kind: 'table',
      head: [say.aspect, say.blamed, say.share, say.sinceUsual, say.scenes, say.owner],
      rows: review.aspects.map((one) => [
        one.name[lang],
        String(one.blamed),
        estimateText(one.now, 'share', lang),
        changeText(one.sinceUsual, lang),
        one.scenes.map((scene) => `${scene.name[lang]} ${scene.blamed}`).join(' · '),
        one.owner[lang],
      ]),
    },
    ...(advice.length > 0
      ? ([
          { kind: 'heading', text: say.advice },
          { kind: 'list', items: advice.map((one) => `${one.name[lang]}: ${one.advice![lang]}`) },
        ] as const)
      : []),
  ]
}

function topics(review: Review, lang: Lang): Block[] {
  const say = words[lang]
  const lines = review.topics.map((topic) => {
    const about = [
      topic.aspectName?.[lang],
      topic.isNew ? say.fresh : `×${topic.growth.value.toFixed(1)}`,
      topic.owner?.[lang],
    ]
    return `“${topic.name}” ${say.topic(topic)} · ${about.filter(Boolean).join(' · ')}`
  })
  return [
    { kind: 'heading', text: say.topics },
    lines.length > 0
      ? { kind: 'list', items: lines }
      : { kind: 'quiet', text: review.topicsReady ? say.noTopics : say.mining },
  ]
}

function quotes(review: Review, lang: Lang): Block[] {
  if (review.quotes.length === 0) return []
  const nameOf = (aspect: string) => review.aspects.find((one) => one.aspect === aspect)?.name[lang] ?? aspect
  const said = review.quotes.map((quote) => ({
    kind: 'quote' as const,
    ...excerpt(quote),
    source: nameOf(quote.aspect),
  }))
  return [{ kind: 'heading', text: words[lang].quotes }, ...said]
}

function work(review: Review, lang: Lang): Block[] {
  const say = words[lang]
  const tickets = review.tickets.map(
    (ticket) =>
      `${ticket.title[lang]} · ${ticket.department[lang]} · ${ticket.late ? say.late : say.state[ticket.state]}`,
  )
  const owners = review.owners.map(({ department, aspects, openTickets }) =>
    [department[lang], aspects.map((one) => one[lang]).join('、'), say.openTickets(openTickets)]
      .filter(Boolean)
      .join(' · '),
  )
  const effects = review.effects.map((one) => `${one.what[lang]}: ${one.sentence[lang]}`)
  return [
    { kind: 'heading', text: say.tickets },
    tickets.length > 0 ? { kind: 'list', items: tickets } : { kind: 'quiet', text: say.noTickets },
    ...(effects.length > 0
      ? ([
          { kind: 'heading', text: say.effects },
          { kind: 'list', items: effects },
        ] as const)
      : []),
    { kind: 'heading', text: say.owners },
    { kind: 'list', items: owners },
  ]
}
