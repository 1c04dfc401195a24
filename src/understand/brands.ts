import type { BrandNamed } from '../core/reading.ts'
import type { Brand } from './brand-list.ts'
import type { Clause } from './clauses.ts'

const MOST_BRANDS = 32
// What follows a name that is also an ordinary word and shows that the brand is meant.
const BRANDED = /^(?:牌|家的|家|官方|旗舰|品牌|手机|电脑|平板|空调|电视|冰箱|洗衣机|热水器|耳机| ?phone| ?brand)/
// 比较信赖京东 compares nothing.
const NO_COMPARISON = /^比[较方如例赛]/
// How near, in UTF-16 units, a word of comparison stands to the brand that it sets beside the goods.
const NEAR = 6

/** The brands of a text, each once with its strongest role. `home`: those whose ordinary word counts here. */
export function nameBrands(text: string, clauses: readonly Clause[], home: ReadonlySet<Brand>): BrandNamed[] {
  const named = new Map<Brand, BrandNamed>()
  for (const clause of clauses) {
    for (const { brand, start, end } of clause.brands) {
      const rival = isRival(text, clause, start, end)
      if (brand.word && !BRANDED.test(text.slice(end, end + 8)) && !(home.has(brand) && isName(text, start, end)))
        continue
      const known = named.get(brand)
      if (known && (known.role === 'rival' || !rival)) continue
      if (!known && named.size >= MOST_BRANDS) return [...named.values()]
      named.set(brand, { id: brand.id, role: rival ? 'rival' : 'brand', start, end })
    }
  }
  return [...named.values()]
}

/** 美的 right after a degree word is beauty (挺美的), not the brand. */
const isName = (text: string, start: number, end: number): boolean =>
  !/[的]/.test(text.slice(end - 1, end)) || !/[很挺太真最好完优精]/.test(text.slice(Math.max(0, start - 1), start))

/** 比海尔, 换成美的, 以前用的格力, better than Sony: a comparison, a switch or an earlier owner's word right beside the name. */
function isRival(text: string, clause: Clause, start: number, end: number): boolean {
  return clause.cues.some(({ cue, start: from, end: to }) => {
    if (NO_COMPARISON.test(text.slice(from, from + 2))) return false
    if (cue === 'comparison.than') return (to <= start && start - to <= NEAR) || (from >= end && from - end <= 2)
    if (cue === 'comparison.switch') return (to <= start && start - to <= NEAR) || (from >= end && from - end <= 1)
    return cue === 'comparison.former' && ((to <= start && start - to <= NEAR) || (from >= end && from - end <= 2))
  })
}
