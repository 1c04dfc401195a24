import { numberOf, rowOf, timeOf, wordsOf } from '../../cells/cells.ts'
import { isObject, type JsonObject, objectsAt, valueAt } from '../../decode/fields.ts'
import { defineEitherSource } from '../../source/either-source.ts'
import type { Item } from '../../source/item.ts'
import { leave, mapped } from '../../source/mapping.ts'
import type { Row } from '../../source/table-source.ts'
import { replyOf, thread, titled } from '../../talk/thread.ts'

export const fider = defineEitherSource({
  id: 'fider',
  zh: 'Fider 建议',
  en: 'Fider suggestions',
  shelf: 'community',
  describe: {
    zh: 'Fider 的 CSV 导出或 API 的 JSON（帖子与评论）。官方回复记为客服；时间是 UTC；重复的帖子仍是顾客说过的话，另记它指向哪一条。',
    en: 'Fider’s CSV export or its API’s JSON (posts and comments). The official response is an agent’s; times are UTC. A duplicate is still something a customer said; what it duplicates is a fact.',
  },
  json: {
    unwrap: (document) => (Array.isArray(document.posts) ? objectsAt(document, 'posts') : [document]),
    requires: ['number|content|id', 'title|content', 'createdAt'],
    mapping: mapped({
      'voice.id': ['number', 'id'],
      'voice.conversation': ['number', 'post.number', 'postNumber'],
      'voice.text': ['title', 'description', 'content', 'response.text'],
      'voice.at': ['createdAt', 'response.respondedAt'],
      'voice.customerRef': 'user.id',
      'voice.speaker': 'user.role',
      'voice.facts.status': 'status',
      'voice.facts.votes': 'votesCount',
      'voice.facts.comments': 'commentsCount',
      'voice.facts.duplicate_of': 'response.original.number',
      'voice.facts.tags': 'tags[]',
    }),
    leftOut: [
      ...leave('人的名字和头像', 'names and pictures', 'user.**', 'response.user.**', 'editedBy.**'),
      ...leave(
        '页面的状态与链接',
        'state and links of the page',
        'slug',
        'hasVoted',
        'response.original.**',
        'editedAt',
        'attachments[]',
        'reactionCounts[].**',
        'recentVotesCount',
        'recentCommentsCount',
        'isApproved',
        'lockedSettings.**',
      ),
    ],
    read: readJson,
  },
  table: {
    requires: ['number', 'title', 'created_at', 'votes_count'],
    mapping: mapped({
      'voice.id': 'number',
      'voice.text': ['title', 'description', 'response'],
      'voice.at': ['created_at', 'responded_at'],
      'voice.facts.status': 'status',
      'voice.facts.votes': 'votes_count',
      'voice.facts.comments': 'comments_count',
      'voice.facts.duplicate_of': 'original_number',
      'voice.facts.tags': 'tags',
    }),
    leftOut: [
      ...leave('人的名字', 'names', 'created_by', 'responded_by'),
      ...leave('另一条帖子的标题', 'another post’s title', 'original_title'),
    ],
    read: (row) => post(row, { tags: wordsOf(row('tags')) }),
  },
})

const idOf = (number: string | undefined): string | undefined => number && `fider-${number}`

function post(
  row: Row,
  { tags, ...speaker }: { tags: string | undefined; speaker?: 'agent'; customerRef?: string },
): Item[] {
  const id = idOf(row('number', 'id'))
  return thread(
    {
      id,
      kind: 'suggestion',
      ...speaker,
      text: titled(row('title'), row('description')),
      at: timeOf(row('created_at', 'createdAt'), 'UTC'),
      facts: {
        status: row('status'),
        votes: numberOf(row('votes_count', 'votesCount')),
        comments: numberOf(row('comments_count', 'commentsCount')),
        duplicate_of: idOf(row('original_number', 'response.original.number')),
        tags,
      },
    },
    replyOf(
      id && `${id}.response`,
      row('response', 'response.text'),
      timeOf(row('responded_at', 'response.respondedAt'), 'UTC'),
    ),
  )
}

function readJson(object: JsonObject): Item[] {
  const row = rowOf(object)
  const isStaff = /^(administrator|collaborator|moderator|[23])$/i.test(row('user.role') ?? '')
  const speaker = isStaff
    ? { speaker: 'agent' as const }
    : { customerRef: row('user.id') && `fider-user-${row('user.id')}` }
  const list = valueAt(object, 'tags')
  const tags = Array.isArray(list) ? list.map((tag) => (isObject(tag) ? rowOf(tag)('name') : tag)).join('、') : ''
  if (row('title') !== undefined) return post(row, { tags: tags || undefined, ...speaker })
  return [
    {
      voice: {
        id: row('id') && `fider-comment-${row('id')}`,
        kind: 'suggestion',
        ...speaker,
        text: row('content'),
        at: timeOf(row('createdAt'), 'UTC'),
        conversation: idOf(row('post.number', 'postNumber')),
      },
    },
  ]
}
