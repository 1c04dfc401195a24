import type { Words } from '../../core/words.ts'
import type { Review } from './shape.ts'

const MOST_ASPECTS = 3
const percent = (share: number): string => `${(share * 100).toFixed(1)}%`
const points = (share: number): string => `${Math.abs(share * 100).toFixed(1)}`

/** What to talk about, in this order: where we stand, what hurts most, what is new, what is late, what was proven. */
export function agendaOf(review: Omit<Review, 'agenda'>): Words[] {
  return [where(review), ...pains(review), ...news(review), ...late(review), ...proven(review)]
}

function where({ voices: { now, sinceUsual } }: Omit<Review, 'agenda'>): Words {
  if (now.value === null)
    return { zh: '本周没有声音：先确认数据接入是否正常', en: 'No voices this week: check first that data come in' }
  const level = percent(now.value)
  if (sinceUsual === null)
    return {
      zh: `差评占 ${level}（n ${now.n}），声音太少，不与往常比较`,
      en: `Bad voices ${level} (n ${now.n}); too few to compare with what is usual`,
    }
  if (!sinceUsual.moreThanChance)
    return {
      zh: `差评占 ${level}，与前四周相比在波动之内：不必追问总量，看下面的方面`,
      en: `Bad voices ${level}, within chance of the four weeks before: leave the total, look at the aspects`,
    }
  const [zh, en] = sinceUsual.value > 0 ? ['升', 'up'] : ['降', 'down']
  return {
    zh: `差评占 ${level}，比前四周${zh} ${points(sinceUsual.value)} 个百分点：先说清来自哪里`,
    en: `Bad voices ${level}, ${en} ${points(sinceUsual.value)} pp on the four weeks before: say first where from`,
  }
}

/** What clearly rose comes before what is merely large. */
function pains({ aspects }: Omit<Review, 'agenda'>): Words[] {
  const rose = (one: Review['aspects'][number]) => (one.sinceUsual?.moreThanChance && one.sinceUsual.value > 0 ? 1 : 0)
  return [...aspects]
    .sort((a, b) => rose(b) - rose(a) || b.blamed - a.blamed)
    .slice(0, MOST_ASPECTS)
    .map((one) => ({
      zh: `${one.name.zh}（${one.blamed} 条${rose(one) ? '，明显上升' : ''}）：请${one.owner.zh}说明原因和对策`,
      en: `${one.name.en} (${one.blamed} voices${rose(one) ? ', clearly up' : ''}): ${one.owner.en} on cause and remedy`,
    }))
}

function news({ topics }: Omit<Review, 'agenda'>): Words[] {
  if (topics.length === 0) return []
  const names = topics.slice(0, 3).map((topic) => `“${topic.name}”`)
  return [
    {
      zh: `新话题 ${names.join('、')}${topics.length > 3 ? ` 等 ${topics.length} 个` : ''}：定下谁来跟进，词要不要收进知识包`,
      en: `New topics ${names.join(', ')}${topics.length > 3 ? ` and ${topics.length - 3} more` : ''}: who follows up, which words go into the pack`,
    },
  ]
}

function late({ tickets }: Omit<Review, 'agenda'>): Words[] {
  const overdue = tickets.filter((ticket) => ticket.late)
  if (overdue.length === 0) return []
  return [
    {
      zh: `${overdue.length} 张工单已超时：逐张问清卡在哪里`,
      en: `${overdue.length} ${overdue.length === 1 ? 'ticket is' : 'tickets are'} overdue: where does each hang`,
    },
  ]
}

function proven({ effects }: Omit<Review, 'agenda'>): Words[] {
  const told = effects.filter((one) => one.verdict === 'worked' || one.verdict === 'harmed')
  return told
    .slice(0, 2)
    .map(({ what, verdict }) =>
      verdict === 'worked'
        ? { zh: `“${what.zh}”有效：要不要推广到其他商品`, en: `“${what.en}” worked: extend it to other products?` }
        : { zh: `“${what.zh}”有害：尽快撤回`, en: `“${what.en}” did harm: take it back` },
    )
}
