import type { Mark } from './clauses.ts'

// "安装师傅的态度", "包装质量": the second word is a side of the first, not an aspect of its own.
const SIDES = new Set(['service', 'quality', 'price', 'effect', 'size_fit'])

/** Whether what stands between two names joins them, so that they share a judgement. */
export const isJoint = (between: string): boolean =>
  /^(?:和|与|及|跟|还有|以及|、|，|,|&|\/| |and|or)*$/.test(between) && between !== ''

/** The names that stand for themselves: of two that adjoin, the head (安装师傅的态度 → 安装师傅, 快递包装 → 包装). */
export function heads(text: string, marks: Mark[]): Mark[] {
  const kept: Mark[] = []
  for (const mark of marks) {
    const last = kept.at(-1)
    if (last?.kind !== 'term' || mark.kind !== 'term') {
      kept.push(mark)
      continue
    }
    const between = text.slice(last.end, mark.start)
    if ((between !== '' && between !== '的') || (between === '' && areSiblings(text, last, mark))) kept.push(mark)
    else if (SIDES.has(mark.aspect.id) || mark.aspect === last.aspect) last.end = mark.end
    else kept[kept.length - 1] = mark
  }
  return kept
}

const OF_BOTH = /^[都均](?:很|挺|非常|特别|蛮|还|不错|可以|好|满意)/

/** Whether two names that adjoin are two things, not a thing and its side: 制冷制热, 画质音质, 价格包装都很满意. */
function areSiblings(text: string, one: Mark, other: Mark): boolean {
  if (one.aspect === other.aspect) return false
  const length = one.end - one.start
  if (length === 2 && other.end - other.start === 2)
    for (let i = 0; i < length; i++) if (text[one.start + i] === text[other.start + i]) return true
  return OF_BOTH.test(text.slice(other.end, other.end + 3))
}
