import { numberOf, rowOf, timeOf } from '../../cells/cells.ts'
import { type JsonObject, objectAt, objectsAt, valueAt } from '../../decode/fields.ts'
import { textOfHtml } from '../../decode/html.ts'
import { because } from '../../reasons/reason.ts'
import { defineEitherSource } from '../../source/either-source.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { leave, mapped } from '../../source/mapping.ts'
import type { Row } from '../../source/table-source.ts'
import { ownAccounts, speakerIn } from '../../talk/own-accounts.ts'

const names = {
  id: ['comment_id', '评论id', '评论编号', 'idstr', 'id', 'mid'],
  post: ['微博id', '微博编号', 'weibo_id', 'mblog_id', 'status_id', 'note_id', 'rootmid', 'status.idstr'],
  text: [
    '评论内容',
    '微博正文',
    '微博内容',
    'comment_content',
    'longText.longTextContent',
    'text_raw',
    'text',
    'content',
    '正文',
    '内容',
  ],
  at: ['评论时间', '发布时间', 'created_at', 'create_time', 'create_date_time', 'publish_time', '时间'],
  user: ['用户id', '评论者id', '评论用户id', 'user.idstr', 'user.id', 'user_id', 'uid'],
  likes: ['点赞数', '评论点赞数', 'like_counts', 'like_count', 'comment_like_count', 'attitudes_count', 'likes'],
  replies: ['回复数', '评论数', 'total_number', 'sub_comment_count', 'comments_count', '子评论数'],
  reposts: ['转发数', 'reposts_count'],
  source: ['来源', 'ip属地', '发布工具', 'source', 'ip_location', '评论者ip', 'region_name'],
  parent: ['reply_id', 'rootid', 'rootidstr', 'parent_comment_id', '父评论id', '回复评论id'],
  gender: ['性别', 'user.gender', 'gender'],
  topics: ['话题', 'topics'],
}

/** Names of which every export of Weibo has one: a text and a time alone could be anybody's. */
const marks =
  '评论内容|微博正文|微博内容|评论时间|评论id|微博id|微博编号|weibo_id|mblog_id|comment_id|idstr|mid|bid|rootid|user.screen_name|screen_name|like_counts|attitudes_count|reposts_count|text_raw|source|来源'

const mapping = mapped({
  'voice.id': names.id,
  'voice.conversation': names.post,
  'voice.text': names.text,
  'voice.at': names.at,
  'voice.customerRef': names.user,
  'voice.facts.likes': names.likes,
  'voice.facts.replies': names.replies,
  'voice.facts.reposts': names.reposts,
  'voice.facts.source': names.source,
  'voice.facts.parent': names.parent,
  'voice.facts.topics': names.topics,
})
const leftOut = [
  ...leave(
    '昵称、性别、主页等个人信息',
    'nicknames, gender, profiles',
    'screen_name',
    'nickname',
    'user.**',
    'avatar',
    'profile_url',
    '用户昵称',
    '昵称',
    '评论者昵称',
    '评论者',
    '用户名',
    '头像',
    '用户主页',
    '评论者主页链接',
    '用户简介',
    ...names.gender,
    'description',
    '微博认证',
  ),
  ...leave(
    '图片、链接与页面状态',
    'pictures, links and state of the page',
    'pic.**',
    'pics[].**',
    'url_struct[].**',
    'floor_number',
    'isLikedByMblogAuthor',
    'liked',
    'mark_type',
    'max_id',
    'more_info_users[].**',
    'bubble_id',
    'disable_reply',
    'restrictOperate',
    'readtimetype',
    'analysis_extra',
    'match_ai_play_picture',
    'rootidstr',
    'source_allowclick',
    'source_type',
    'status.**',
    '图片url',
    '视频url',
    '微博链接',
    '头条文章url',
    '发布位置',
    '@用户',
    'add_ts',
    'last_modify_ts',
    'reply_comment.**',
    'reply_original_text',
    'note_url',
    'bid',
    'longText.**',
    'isLongText',
    'retweeted_status.**',
    'page_info.**',
    'pic_ids[]',
    'pic_num',
    'visible.**',
    'edit_config.**',
    'topic_struct[].**',
    'tag_struct[].**',
    'number_display_strategy.**',
    'annotations[].**',
    'mblogtype',
    'mblogid',
    'textLength',
    'favorited',
    'can_edit',
    'rid',
  ),
]

export const weibo = defineEitherSource({
  id: 'weibo',
  zh: '微博与微博评论',
  en: 'Weibo posts and comments',
  shelf: 'community',
  settings: [ownAccounts],
  describe: {
    zh: '微博评论（或微博）的 CSV／JSON：常见采集工具的中英文列名，或评论接口的回答（含楼中楼）。时间可写成“Sat Mar 04 10:11:12 +0800 2023”；“5分钟前”之类说不清哪天的会进死信。昵称不保存。--set own=用户ID 说明哪些账号是自己的（算客服）。',
    en: 'Comments (or posts) of Weibo as CSV or JSON: the columns of the usual collectors, or the answer of the comment interface, with replies under comments. Times may be written as “Sat Mar 04 10:11:12 +0800 2023”; “5 minutes ago” says no day and is a dead letter. Nicknames are not kept. --set own=USER_ID says which accounts are your own (agents).',
  },
  json: {
    unwrap: (document) => {
      const lists = ['data.data', 'data.comments', 'data.list', 'data.cards', 'comments', 'statuses', 'cards', 'data']
      const list = lists.find((path) => Array.isArray(valueAt(document, path)))
      return (list === undefined ? [document] : objectsAt(document, list)).flatMap(postsIn).flatMap(withReplies)
    },
    requires: [names.text.join('|'), names.at.join('|'), marks],
    mapping,
    leftOut,
    read: (object, context) => read(rowOf(object), context),
  },
  table: {
    requires: [names.text.join('|'), names.at.join('|'), marks],
    mapping,
    leftOut,
    read,
  },
})

/** A post lies in a card, and cards in groups of them; cards of other things hold none. */
function postsIn(card: JsonObject): JsonObject[] {
  if (!('card_type' in card)) return [card]
  const post = objectAt(card, 'mblog')
  return [...(post ? [post] : []), ...objectsAt(card, 'card_group').flatMap(postsIn)]
}

/** A comment and those under it, each an object of its own. */
function withReplies(comment: JsonObject): JsonObject[] {
  const { comments, ...own } = comment
  return [own, ...(Array.isArray(comments) ? objectsAt(comment, 'comments').flatMap(withReplies) : [])]
}

function read(row: Row, { settings }: ReadContext): Item[] {
  const written = row(...names.text)
  if (written === undefined) return [{ skipped: because('no_words') }]
  const parent = row(...names.parent)
  const own = row(...names.id)
  return [
    {
      voice: {
        id: own,
        kind: 'social_mention',
        // Stickers are pictures whose alternative text is what people read: [笑哭].
        text: textOfHtml(written.replace(/<img[^>]*\balt="?(\[[^\]"]*\])"?[^>]*>/g, '$1')),
        at: timeOf(row(...names.at), ZONE),
        zone: ZONE,
        ...speakerIn(row(...names.user), settings),
        conversation: row(...names.post),
        facts: {
          likes: numberOf(row(...names.likes)),
          replies: numberOf(row(...names.replies)),
          reposts: numberOf(row(...names.reposts)),
          source: row(...names.source),
          topics: row(...names.topics),
          parent: parent === '0' || parent === own ? undefined : parent,
        },
      },
    },
  ]
}

const ZONE = 'Asia/Shanghai'
