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
    if (between !== '' && between !== '的') kept.push(mark)
    else if (SIDES.has(mark.aspect.id) || mark.aspect === last.aspect) last.end = mark.end
    else kept[kept.length - 1] = mark
  }
  return kept
}
