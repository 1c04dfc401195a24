import { givenScale, scaleSetting } from '../../answers/answers.ts'
import { isRounded, personCell, plainCell, ROUNDED, timeOf, wordsOf } from '../../cells/cells.ts'
import { parseRating } from '../../decode/values.ts'
import type { Item, Settings } from '../../source/item.ts'
import { mapped } from '../../source/mapping.ts'
import { defineTableSource } from '../../source/table-source.ts'
import { speakerOf, speakerSettings, spoken } from '../../talk/speaking.ts'
import { titled } from '../../talk/thread.ts'
import { ticketEvents, ticketNumbers } from '../../talk/tickets.ts'

const columns = {
  id: ['ticketId', ...ticketNumbers],
  subject: ['subject', 'ticket subject', 'title', '工单标题', '标题', '主题'],
  description: ['description', 'ticket description', '问题描述', '工单描述', '工单内容', '描述', '反馈内容'],
  opened: [
    'createdAt',
    'created time',
    'created at',
    'created date',
    'created',
    'opened at',
    'date/time opened',
    'ticket created - timestamp',
    'ticket created - date',
    'ticket created',
    '创建时间',
    '提交时间',
    '建单时间',
    '受理时间',
  ],
  closed: [
    'closedAt',
    'closed time',
    'closed at',
    'closed date',
    'solved at',
    'solved',
    'resolved time',
    'resolved at',
    'date/time closed',
    'ticket solved - timestamp',
    'ticket solved - date',
    'ticket solved',
    '完结时间',
    '解决时间',
    '关闭时间',
    '办结时间',
    '结单时间',
  ],
  customer: [
    'customerRef',
    'requester id',
    'contact id',
    'customer id',
    '客户id',
    '客户编号',
    '会员号',
    '用户id',
    '买家id',
  ],
  channel: [
    'channel',
    'ticket channel',
    'source',
    'via',
    'mode',
    'origin',
    'case origin',
    '渠道',
    '来源',
    '工单来源',
    '受理渠道',
  ],
  by: ['speaker', '描述人', '填写人', 'description by'],
  status: ['status', 'ticket status', '状态', '工单状态'],
  priority: ['priority', 'ticket priority', '优先级', '紧急程度'],
  type: ['type', 'ticket type', 'category', 'case reason', '工单类型', '问题类型', '问题分类', '类型', '分类'],
  group: ['group', 'department', 'team', 'ticket group', '处理部门', '责任部门', '受理组', '技能组'],
  tags: ['tags', 'ticket tags', '标签'],
  order: ['orderId', 'order id', 'order number', '订单号', '订单编号'],
  product: ['productId', 'product id', 'sku', '商品id', '商品编号', '商品编码'],
  satisfaction: [
    'satisfaction',
    'satisfaction score',
    'satisfaction rating',
    'ticket satisfaction rating',
    'csat',
    'survey results',
    'happiness rating',
    '满意度',
    '满意度评价',
    '评价结果',
  ],
  remark: [
    'satisfaction comment',
    'ticket satisfaction comment',
    'survey comment',
    '满意度备注',
    '评价内容',
    '评价备注',
  ],
} as const

/** Agreed words of satisfaction, each with its place and the scale it stands on. Where 满意 stands against 不满意 alone, its side is the same. */
const words: Record<string, { rating: number; ratingMin: number; ratingMax: number }> = {
  ...Object.fromEntries(
    ['非常不满意', '不满意', '一般', '满意', '非常满意'].map((word, place) => [
      word,
      { rating: place + 1, ratingMin: 1, ratingMax: 5 },
    ]),
  ),
  good: { rating: 1, ratingMin: 0, ratingMax: 1 },
  bad: { rating: 0, ratingMin: 0, ratingMax: 1 },
}

/** How satisfied a cell says the customer was; nothing where it is no agreed word and no number on a scale that a person gave. */
function satisfaction(cell: string | undefined, settings: Settings | undefined) {
  if (cell === undefined) return undefined
  const word = cell.toLowerCase()
  if (Object.hasOwn(words, word)) return words[word]
  const scale = givenScale(settings)
  const rating = scale && parseRating(cell, scale)
  return rating === undefined ? undefined : { rating, ratingMin: scale!.min, ratingMax: scale!.max }
}

/** Tickets as help desks and back offices export them, one a row: what happened, what was written, how satisfied the customer was. */
export const ticketsTable = defineTableSource({
  id: 'tickets-table',
  zh: '工单表（CSV、Excel）',
  en: 'Tickets, as a table',
  shelf: 'service',
  broad: 0.75,
  describe: {
    zh: '每行一张工单：工单号、创建时间，以及解决或关闭时间、状态、优先级、类型、渠道、订单号、满意度。工单的标题与描述多由坐席填写，文件不说明时不当作顾客的话（列为死信）：用 --set unknown=customer 或 unknown=agent 说明，unknown=skip 则只记工单的经过。满意度写作非常满意…非常不满意、good/bad 时直接读，数字要用 --set scale=1-5 说明量表。',
    en: 'One ticket a row: its number, when it was opened and closed, status, priority, type, channel, order and satisfaction. Subjects and descriptions are often an agent’s words: unless a column tells, they are dead letters until you say --set unknown=customer or unknown=agent; with unknown=skip only what happened is kept. Satisfaction in agreed words (good, bad, 非常满意 …) is read; numbers need --set scale=1-5.',
  },
  settings: [...speakerSettings, scaleSetting],
  requires: [
    columns.id.join('|'),
    columns.opened.join('|'),
    [...columns.subject, ...columns.description, ...columns.status, ...columns.satisfaction].join('|'),
  ],
  mapping: mapped({
    'voice.conversation': columns.id,
    'voice.text': [...columns.subject, ...columns.description, ...columns.remark],
    'event.at': [...columns.opened, ...columns.closed],
    'voice.customerRef': columns.customer,
    'voice.channel': columns.channel,
    'voice.speaker': columns.by,
    'event.props.status': columns.status,
    'event.props.priority': columns.priority,
    'event.props.type': columns.type,
    'event.props.group': columns.group,
    'event.props.tags': columns.tags,
    'voice.orderId': columns.order,
    'voice.productId': columns.product,
    'voice.rating': columns.satisfaction,
  }),
  leftOut: [],
  read: (row, { zone, settings }): Item[] => {
    const text = (field: keyof typeof columns) => plainCell(row(...columns[field]))
    const id = text('id')
    if (isRounded(id)) return [{ dead: { ...ROUNDED, field: 'id' } }]
    const conversation = id && `ticket-${id}`
    const opened = timeOf(row(...columns.opened), zone)
    const closed = timeOf(row(...columns.closed), zone)
    const shared = {
      customerRef: personCell(row(...columns.customer)),
      channel: text('channel'),
      orderId: text('order'),
      productId: text('product'),
    }
    const score = satisfaction(text('satisfaction'), settings)
    const props = {
      status: text('status'),
      priority: text('priority'),
      type: text('type'),
      group: text('group'),
      tags: wordsOf(text('tags')),
      satisfaction: score ? undefined : text('satisfaction'),
    }
    const said = { ...shared, kind: 'chat' as const, conversation }
    const written = titled(text('subject'), text('description'))
    const by = text('by')
    const voice = { ...said, id: conversation, text: written, at: opened, turn: 0 }
    const rated = { ...said, kind: 'survey' as const, speaker: 'customer' as const, metric: 'csat' as const, ...score }
    return [
      ...ticketEvents(conversation, { opened, closed }, { ...shared, props }),
      ...(written === undefined
        ? []
        : [spoken(speakerOf(by, settings), voice, { field: 'description', written: by }, settings)]),
      ...(score
        ? [
            {
              voice: {
                ...rated,
                id: conversation && `${conversation}-rated`,
                text: text('remark'),
                at: closed ?? opened,
              },
            },
          ]
        : []),
    ]
  },
})
