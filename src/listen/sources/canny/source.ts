import { type JsonObject, objectsAt, valueAt } from '../../decode/fields.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { readCanny } from './read.ts'
import { cannyWebhook } from './webhook.ts'

const people = ['author', 'voter', 'changer', 'by', 'owner'].flatMap((who) =>
  ['', 'object.'].map((prefix) => `${prefix}${who}.**`),
)
const both = (...paths: readonly string[]): string[] => paths.flatMap((path) => [path, `object.${path}`])

export const canny = defineJsonSource({
  id: 'canny',
  zh: 'Canny 建议',
  en: 'Canny suggestions',
  shelf: 'community',
  describe: {
    zh: 'Canny 的 webhook（每行一个或直接接收）与 API 列表（posts、comments、votes）。新帖与评论是建议；管理员写的记为客服，内部评论跳过；投票、状态变化、删除记为事件；Jira 关联等跳过并计数。',
    en: 'Canny’s webhooks (one a line, or received) and its API’s lists (posts, comments, votes). New posts and comments are suggestions; what an admin writes is an agent’s, internal comments are skipped; votes, changes of status and deletions are events; links to Jira and the like are skipped and counted.',
  },
  unwrap: (document) => {
    const list = ['posts', 'comments', 'votes', 'statusChanges', 'items'].find((path) =>
      Array.isArray(valueAt(document, path)),
    )
    return list === undefined ? [document] : objectsAt(document, list)
  },
  requires: ['id|object.id', 'created|object.created', 'author|voter|changer|object.author|object.voter|object.board'],
  mapping: mapped({
    'voice.id': both('id', 'post.id'),
    'voice.conversation': both('post.id'),
    'voice.text': both('title', 'details', 'value', 'changeComment.value'),
    'voice.at': both('created'),
    'voice.customerRef': both('author.userID', 'author.id'),
    'voice.speaker': both('author.isAdmin'),
    'voice.facts.board': both('board.name', 'post.board.name'),
    'voice.facts.status': both('status', 'post.status'),
    'voice.facts.score': both('score'),
    'voice.facts.comment_count': both('commentCount'),
    'voice.facts.category': both('category.name'),
    'voice.facts.tags': both('tags[].name'),
    'voice.facts.likes': both('likeCount'),
    'event.name': ['type', 'objectType'],
    'event.at': ['created', ...both('changedAt')],
    'event.customerRef': both('voter.userID', 'voter.id'),
    'event.props.post': both('post.id', 'id'),
    'event.props.status': both('status'),
    'event.props.score': both('votePriority'),
  }),
  leftOut: [
    ...leave('人的名字、邮箱和头像', 'names, e-mail addresses and pictures', ...people),
    ...leave('帖子在评论与投票里的副本', 'the copy of the post in comments and votes', ...both('post.**')),
    ...leave(
      '与 Jira 等的关联',
      'links to Jira and others',
      ...both('jira.**', 'issue.**', 'linear.**', 'clickup.**', 'mergeHistory[].**'),
    ),
    ...leave(
      '链接、图片与自定义字段',
      'links, pictures and custom fields',
      ...both(
        'url',
        'imageURLs[]',
        'changeComment.imageURLs[]',
        'customFields[].**',
        'board.**',
        'category.**',
        'tags[].**',
        'eta',
        'private',
        'parentID',
        'mentions[].**',
        'reactions.**',
        'statusChangedAt',
        'ownerID',
      ),
    ),
  ],
  read: (document: JsonObject, { zone }) => readCanny(document, zone),
  webhook: cannyWebhook,
})
