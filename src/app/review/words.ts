import type { Lang } from '../report/shape.ts'
import type { Review } from './shape.ts'

interface ReviewWords {
  title: string
  simulated: string
  all: string
  partial(days: number): string
  bad: string
  last: string
  usual: string
  within: string
  tooFew: string
  trend: string
  week: string
  share: string
  aspects: string
  aspect: string
  blamed: string
  sinceUsual: string
  scenes: string
  owner: string
  topics: string
  noTopics: string
  mining: string
  fresh: string
  topic(topic: Review['topics'][number]): string
  quotes: string
  tickets: string
  noTickets: string
  state: Record<Review['tickets'][number]['state'], string>
  late: string
  effects: string
  owners: string
  openTickets(n: number): string
  advice: string
  agenda: string
  method: string
}

/** What the weekly review says around its figures, once in each language. */
export const words: Record<Lang, ReviewWords> = {
  zh: {
    title: '差评周会',
    simulated: '模拟数据：以下全部内容来自仿真市场，不代表任何真实商家。',
    all: '全部类目',
    partial: (days) => `本周只有 ${days} 天数据`,
    bad: '差评占比',
    last: '上周',
    usual: '前四周',
    within: '在波动之内',
    tooFew: '太少，不比较',
    trend: '近八周',
    week: '周',
    share: '差评占比',
    aspects: '抱怨最多的方面',
    aspect: '方面',
    blamed: '抱怨的声音',
    sinceUsual: '比前四周',
    scenes: '多在什么场景',
    owner: '负责部门',
    topics: '新话题',
    noTopics: '没有超出偶然的新话题。',
    mining: '新话题还在计算。',
    fresh: '首次出现',
    topic: ({ now, before }) => `本周 ${now.voices} 条，前四周 ${before.voices} 条`,
    quotes: '顾客怎么说',
    tickets: '工单',
    noTickets: '没有进行中的工单。',
    state: { open: '待处理', answered: '处理中', closed: '已关闭' },
    late: '已超时',
    effects: '干预成效',
    owners: '谁负责什么',
    openTickets: (n) => `${n} 张工单未关闭`,
    advice: '建议',
    agenda: '会议议程',
    method:
      '差评：评分低的声音；没有评分的，取整体为负面的声音。占比的区间为 Wilson 95% 区间，变化的区间按 Newcombe 方法；任何一边不足 30 条时不作比较。新话题逐词做 Fisher 精确检验并控制假发现率，复制的评价只算一次。',
  },
  en: {
    title: 'Weekly review of bad voices',
    simulated: 'Simulated data: everything below comes from a simulated market and stands for no real merchant.',
    all: 'all categories',
    partial: (days) => `the week has data of ${days} ${days === 1 ? 'day' : 'days'} only`,
    bad: 'Bad voices',
    last: 'last week',
    usual: 'four weeks before',
    within: 'within chance',
    tooFew: 'too few to compare',
    trend: 'Eight weeks',
    week: 'Week',
    share: 'Bad voices',
    aspects: 'Aspects most complained of',
    aspect: 'Aspect',
    blamed: 'Voices that blame it',
    sinceUsual: 'Against the four weeks before',
    scenes: 'Scenes',
    owner: 'Owner',
    topics: 'New topics',
    noTopics: 'No new topic beyond chance.',
    mining: 'New topics are still being mined.',
    fresh: 'never said before',
    topic: ({ now, before }) => `${now.voices} this week, ${before.voices} in the four weeks before`,
    quotes: 'In their own words',
    tickets: 'Tickets',
    noTickets: 'No tickets in hand.',
    state: { open: 'open', answered: 'in hand', closed: 'closed' },
    late: 'overdue',
    effects: 'Effects of interventions',
    owners: 'Who owns what',
    openTickets: (n) => `${n} open ${n === 1 ? 'ticket' : 'tickets'}`,
    advice: 'Advice',
    agenda: 'Agenda',
    method:
      'Bad: a low rating; where there is none, a voice that blames as a whole. Shares have Wilson 95% intervals, changes Newcombe’s; nothing is compared where either side has fewer than 30. Every phrase of a new topic is tested by Fisher’s exact test with false-discovery control; copied reviews count once.',
  },
}
