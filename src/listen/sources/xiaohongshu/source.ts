import { numberOf, timeOf, wordsOf } from '../../cells/cells.ts'
import { isObject, type JsonObject, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { because } from '../../reasons/reason.ts'
import { defineFlatSource } from '../../source/either-source.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { leave, mapped } from '../../source/mapping.ts'
import type { Row } from '../../source/table-source.ts'
import { ownAccounts, speakerIn } from '../../talk/own-accounts.ts'
import { titled } from '../../talk/thread.ts'

const names = {
  note: ['note_id', 'noteId', '笔记id', '笔记编号'],
  comment: ['comment_id', 'commentId', '评论id', '评论编号'],
  parent: ['parent_comment_id', 'root_comment_id', 'target_comment_id', 'target_comment.id', '父评论id', '一级评论id'],
  title: ['title', '标题', '笔记标题'],
  text: ['评论内容', 'comment_content', 'content', 'desc', '笔记内容', '笔记正文', '正文', '内容', 'text'],
  at: [
    'timestamp',
    'create_time',
    'time',
    'publish_time',
    '评论时间',
    '发布时间',
    '时间',
    'create_date_time',
    '评论日期',
    '发布日期',
  ],
  user: ['user_id', 'userId', 'user_info.user_id', 'user.user_id', '评论者id', '用户id', '作者id'],
  likes: ['like_nr', 'liked_count', 'interact_info.liked_count', '获赞数', 'like_count', '点赞数', '点赞数量', '获赞'],
  stars: ['star_nr', 'collected_count', 'interact_info.collected_count', '收藏数', '收藏数量'],
  comments: [
    'comment_nr',
    'comment_count',
    'interact_info.comment_count',
    'comments_count',
    'sub_comment_count',
    '评论数',
    '评论数量',
    '子评论数',
  ],
  shares: ['share_count', 'shared_count', 'interact_info.share_count', '分享数', '转发数'],
  location: ['ip_location', 'ip地址', 'ip属地', 'ip归属地'],
  tags: ['tag_list', '标签', '话题'],
  type: ['type', '笔记类型'],
  searched: ['source_keyword', '搜索关键词'],
}

export const xiaohongshu = defineFlatSource({
  id: 'xiaohongshu',
  zh: '小红书笔记与评论',
  en: 'Xiaohongshu notes and comments',
  shelf: 'community',
  settings: [ownAccounts],
  describe: {
    zh: '小红书笔记或评论的 CSV／JSON（常见采集工具的列名，中英文都行），或网页接口的回答（含楼中楼）。笔记与评论都是社区内容，同一篇笔记下的算一个对话；时间戳是毫秒，文字时间按北京时间读。昵称与主页链接不保存。--set own=用户ID 说明哪些账号是自己的（算客服）。',
    en: 'Notes or comments of Xiaohongshu as CSV or JSON, with the columns of the usual collectors, in Chinese or English, or the answers of its web page, with replies under comments. Both are community posts; what stands under one note is one conversation. Timestamps are milliseconds, written times Beijing time. Nicknames and profile links are not kept. --set own=USER_ID says which accounts are your own (agents).',
  },
  unwrap: (document) => {
    const lists = ['notes', 'comments', 'data.comments', 'data.items', 'data.notes', 'items', 'data']
    const list = lists.find((path) => Array.isArray(valueAt(document, path)))
    return (list === undefined ? [document] : objectsAt(document, list)).flatMap((one) => ofPage(one))
  },
  requires: [
    [...names.note, ...names.comment].join('|'),
    [...names.text, ...names.title].join('|'),
    names.at.join('|'),
  ],
  // Comments of Weibo are collected with the same names.
  excludes: ['微博id', 'weibo_id', 'bid', 'reposts_count'],
  mapping: mapped({
    'voice.id': [...names.note, ...names.comment],
    'voice.conversation': names.note,
    'voice.text': [...names.title, ...names.text],
    'voice.at': names.at,
    'voice.customerRef': names.user,
    'voice.facts.likes': names.likes,
    'voice.facts.collected': names.stars,
    'voice.facts.comments': names.comments,
    'voice.facts.shares': names.shares,
    'voice.facts.location': names.location,
    'voice.facts.tags': [...names.tags, 'tag_list[].name'],
    'voice.facts.note_type': names.type,
    'voice.facts.source_keyword': names.searched,
    'voice.facts.parent': names.parent,
  }),
  leftOut: [
    ...leave(
      '昵称、头像和主页',
      'nicknames, pictures and profiles',
      'author_name',
      'user_url',
      'nickname',
      'avatar',
      'user_name',
      '昵称',
      '用户昵称',
      '作者昵称',
      '头像',
      '用户主页',
      '作者主页',
      'user_info.**',
      'user.**',
      'target_comment.**',
    ),
    ...leave(
      '图片、视频与链接',
      'pictures, videos and links',
      'images',
      'image_list',
      'video_url',
      'note_url',
      'xsec_token',
      'pictures',
      '笔记链接',
      '图片',
      '视频',
      'image_list[].**',
      'pictures[].**',
      'video.**',
      'cover.**',
      'interact_info.**',
      'at_users[].**',
      'at_user_list[].**',
      'show_tags[]',
      'status',
      'liked',
      'sub_comment_cursor',
      'sub_comment_has_more',
      'tag_list[].**',
    ),
    ...leave('以发表时间为准', 'the time of writing counts', 'last_update_time', 'last_modify_ts', 'add_ts'),
  ],
  read,
})

/**
 * What the web page is given, under the names of the others: a note lies in `note_card`; a comment is known by `id` beside the note's, and
 * holds the replies under it.
 */
function ofPage(object: JsonObject, parent?: string): JsonObject[] {
  const card = objectAt(object, 'note_card')
  const note = textAt(object, 'note_id') ?? (card && textAt(object, 'id'))
  if (card) return [withTags({ ...card, note_id: note ?? null, title: card.title ?? card.display_title ?? null })]
  const id = textAt(object, 'id')
  const isComment =
    id !== undefined && note !== undefined && id !== note && 'content' in object && !('comment_id' in object)
  if (!isComment) return [withTags(object)]
  const { sub_comments, id: _, ...own } = object
  const comment = { ...own, comment_id: id, ...(parent !== undefined && { parent_comment_id: parent }) }
  const under = Array.isArray(sub_comments) ? sub_comments.filter(isObject) : []
  return [comment, ...under.flatMap((one) => ofPage({ note_id: note, ...one }, id))]
}

/** A list of tags as one value, as tables have it. */
function withTags(object: JsonObject): JsonObject {
  const list = valueAt(object, 'tag_list')
  if (!Array.isArray(list)) return object
  const names = list.map((tag) => (isObject(tag) ? textAt(tag, 'name') : typeof tag === 'string' ? tag : undefined))
  return { ...object, tag_list: names.filter((name) => name !== undefined).join('、') }
}

function read(row: Row, { settings }: ReadContext): Item[] {
  const note = row(...names.note)
  const comment = row(...names.comment)
  const text = titled(comment === undefined ? row(...names.title) : undefined, row(...names.text))
  if (text === undefined) return [{ skipped: because('no_words') }]
  const parent = row(...names.parent)
  return [
    {
      voice: {
        id: comment ?? (isComment(row) ? undefined : note),
        kind: 'community_post',
        text,
        at: timeOf(row(...names.at), ZONE),
        zone: ZONE,
        ...speakerIn(row(...names.user), settings),
        conversation: note,
        facts: {
          likes: numberOf(row(...names.likes)),
          collected: numberOf(row(...names.stars)),
          comments: numberOf(row(...names.comments)),
          shares: numberOf(row(...names.shares)),
          location: row(...names.location),
          tags: wordsOf(row(...names.tags)),
          note_type: row(...names.type),
          source_keyword: row(...names.searched),
          parent: parent === '0' ? undefined : parent,
        },
      },
    },
  ]
}

const ZONE = 'Asia/Shanghai'

/** A comment may come without an id of its own: the note's would be that of all of them. */
const isComment = (row: Row): boolean => row('评论内容', 'comment_content', '评论时间') !== undefined
