import { escapeHtml } from '../report/html.ts'
import { escapeMarkdown } from '../report/markdown.ts'
import type { Lang } from '../report/shape.ts'
import { type Block, blocksOf } from './blocks.ts'
import type { Review } from './shape.ts'

export const reviewFormats = ['html', 'md', 'json'] as const
export type ReviewFormat = (typeof reviewFormats)[number]

export const reviewTypes: Record<ReviewFormat, string> = {
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  json: 'application/json',
}

export function printReview(review: Review, format: ReviewFormat, lang: Lang): string {
  switch (format) {
    case 'html':
      return html(blocksOf(review, lang), lang)
    case 'md':
      return markdown(blocksOf(review, lang))
    case 'json':
      return `${JSON.stringify(review, null, 2)}\n`
  }
}

const markdown = (blocks: readonly Block[]): string => `${blocks.map(markdownOf).join('\n\n')}\n`

function markdownOf(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `# ${escapeMarkdown(block.text)}`
    case 'heading':
      return `## ${escapeMarkdown(block.text)}`
    case 'notice':
      return `**${escapeMarkdown(block.text)}**`
    case 'text':
    case 'quiet':
      return escapeMarkdown(block.text)
    case 'list':
      return block.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n')
    case 'ordered':
      return block.items.map((item, at) => `${at + 1}. ${escapeMarkdown(item)}`).join('\n')
    case 'table':
      return [block.head, block.head.map(() => '---'), ...block.rows]
        .map((row, at) => `| ${row.map((cell) => (at === 1 ? cell : escapeMarkdown(cell))).join(' | ')} |`)
        .join('\n')
    case 'quote':
      return `> ${escapeMarkdown(block.before)}${block.evidence && `**${escapeMarkdown(block.evidence)}**`}${escapeMarkdown(block.after)} (${escapeMarkdown(block.source)})`
  }
}

function html(blocks: readonly Block[], lang: Lang): string {
  const body = blocks.map(htmlOf)
  const title = blocks.find((block) => block.kind === 'title')
  return `<!doctype html><html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title && 'text' in title ? title.text : '')}</title><style>${STYLE}</style></head><body><main>${body.join('\n')}</main></body></html>\n`
}

const cells = (row: readonly string[], tag: 'th' | 'td') =>
  `<tr>${row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`
const list = (items: readonly string[]) => items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')

function htmlOf(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${escapeHtml(block.text)}</h1>`
    case 'heading':
      return `<h2>${escapeHtml(block.text)}</h2>`
    case 'text':
      return `<p class="lead">${escapeHtml(block.text)}</p>`
    case 'quiet':
      return `<p class="quiet">${escapeHtml(block.text)}</p>`
    case 'notice':
      return `<p class="sim">${escapeHtml(block.text)}</p>`
    case 'list':
      return `<ul>${list(block.items)}</ul>`
    case 'ordered':
      return `<ol>${list(block.items)}</ol>`
    case 'table':
      return `<table><thead>${cells(block.head, 'th')}</thead><tbody>${block.rows.map((row) => cells(row, 'td')).join('')}</tbody></table>`
    case 'quote':
      return `<blockquote>${escapeHtml(block.before)}${block.evidence && `<mark>${escapeHtml(block.evidence)}</mark>`}${escapeHtml(block.after)} <small>${escapeHtml(block.source)}</small></blockquote>`
  }
}

const STYLE = `
@page { size: A4; margin: 16mm 15mm }
:root { color-scheme: light; --text: #17182f; --quiet: #65678a; --line: #e6e6ef; --neg: #dc5a2b; --negbg: #fcece5 }
body { margin: 0; background: #fff; color: var(--text); font: 13px/1.6 Inter, "PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }
main { max-width: 760px; margin: 0 auto; padding: 28px 20px 60px }
h1 { font-size: 24px; margin: 0 } h2 { font-size: 16px; margin: 26px 0 8px; break-after: avoid }
p { margin: 4px 0 } .lead { font-size: 18px; font-weight: 600 } .quiet { color: var(--quiet) }
.sim { background: #fdf4df; color: #855600; padding: 6px 12px; border-radius: 6px }
ul, ol { margin: 4px 0; padding-left: 20px } li { margin: 2px 0; break-inside: avoid }
table { border-collapse: collapse; width: 100%; font-size: 12px } th { text-align: left; font-weight: 400; color: var(--quiet) }
td, th { border-bottom: 1px solid var(--line); padding: 5px 10px 5px 0; vertical-align: top } tr { break-inside: avoid }
blockquote { margin: 8px 0; padding-left: 12px; border-left: 2px solid var(--line); break-inside: avoid }
mark { background: var(--negbg); color: inherit; text-decoration: underline wavy var(--neg) 1px; text-underline-offset: 4px }
small { color: var(--quiet) }
@media print { main { max-width: none; padding: 0 } body { font-size: 11.5px } }
`
