import type { Words } from '../../core/words.ts'

/** Why a record is refused: it goes to the dead letters, and comes in once it is mended. The sentence follows the name of its field. */
const refusals = {
  missing: { en: 'is missing', zh: '缺少' },
  empty: { en: 'is empty', zh: '是空的' },
  not_known: { en: 'this field is not known', zh: '不认得这个字段' },
  wrong_type: { en: 'should be {expected}, but is {found}', zh: '应是 {expected}，却是 {found}' },
  not_one_of: { en: 'is {found}, but should be one of {values}', zh: '是 {found}，应是其中之一：{values}' },
  no_time: {
    en: 'is {found}, but should be a time: epoch milliseconds, or ISO 8601 with its offset',
    zh: '是 {found}，不是认得的时间；要用毫秒时间戳，或带时区的 ISO 8601',
  },
  does_not_fit: { en: 'is {found}, which this field cannot hold', zh: '是 {found}，这里放不下' },
  too_long: { en: 'is longer than {most} characters', zh: '超过 {most} 个字符' },
  too_large: { en: 'is above {most}', zh: '大于 {most}' },
  too_small: { en: 'is below {least}', zh: '小于 {least}' },
  wrong: { en: 'is wrong: {what}', zh: '不合要求：{what}' },
  zone_unknown: {
    en: '"{zone}" is not a time zone; use a name such as Asia/Shanghai',
    zh: '“{zone}”不是时区；请用 Asia/Shanghai 这样的名称',
  },
  time_out_of_range: {
    en: 'the time lies outside 1990 to 2100; times are epoch milliseconds',
    zh: '时间不在 1990 到 2100 年之间；时间是毫秒时间戳',
  },
  from_the_future: {
    en: "lies {hours} hours after its arrival; at most {most} are taken: see the sender's clock and zone, then replay it",
    zh: '比到达晚 {hours} 小时，最多收 {most} 小时；请看发送方的时钟与时区，改好再重放',
  },
  nothing_said: { en: 'a voice needs a text or a rating', zh: '既没有文字，也没有评分' },
  outside_scale: {
    en: 'the rating lies outside its scale; give ratingMin and ratingMax (default 1 to 5, NPS 0 to 10)',
    zh: '评分超出量表；满分不是 5 分时，请说明评分下限和上限（ratingMin、ratingMax）',
  },
  no_currency_code: { en: 'a currency is its ISO 4217 code, such as CNY', zh: '币种要用 ISO 4217 代码，如 CNY' },
  forgotten: {
    en: 'is a customer who asked to be forgotten and not to be taken in again',
    zh: '这位顾客要求被遗忘，且不再收录',
  },
  cells: { en: 'has {found} cells where the header has {expected}', zh: '有 {found} 格，而列名有 {expected} 格' },
  rows_apart: {
    en: 'the rows of "{key}" do not stand together; sort the table by this column',
    zh: '“{key}”的几行没有排在一起；请按这一列排序',
  },
  rounded: {
    en: 'was rounded by a spreadsheet (such as 1.23E+17): export the file anew, and do not save it from the spreadsheet',
    zh: '被表格软件舍入了（如 1.23E+17）；请重新导出，不要从表格软件另存',
  },
  no_currency: {
    en: 'is missing: give it for all rows by --set order.currency=USD',
    zh: '没有币种；请为所有行指定，如 --set order.currency=USD',
  },
  no_currency_of_amounts: { en: 'is missing: the amounts cannot be read', zh: '缺少：读不出金额的币种' },
  cents_or_units: {
    en: 'may be cents (Medusa 1) or whole units (Medusa 2): no field tells which',
    zh: '可能是分（Medusa 1），也可能是元（Medusa 2）：没有字段能分辨',
  },
  nothing_ordered: { en: 'is 0 in all rows of an order that is not cancelled', zh: '订单没有取消，各行的数量却都是 0' },
  score_without_scale: {
    en: 'is {score}, without words and without a scale; give one with --set ratingMin=0,ratingMax=100',
    zh: '是 {score}，没有文字，也不知道满分；请用 --set ratingMin=0,ratingMax=100 说明',
  },
  unclear_speaker: {
    en: 'is "{name}": nothing says whether that is the customer; say --set customer={name} or --set agent={name}, or --set unknown=agent',
    zh: '是“{name}”，看不出是不是顾客；请说明谁是顾客、谁是客服（--set customer={name} 或 --set agent={name}，或 --set unknown=agent）',
  },
  no_speaker: {
    en: 'is missing: nothing says whether that is the customer; say --set customer=NAME or --set agent=NAME, or --set unknown=agent',
    zh: '没有写是谁说的；请说明谁是顾客、谁是客服（--set customer=名字 或 --set agent=名字，或 --set unknown=agent）',
  },
  no_turns: {
    en: 'holds neither a list of turns (turns, messages, segments …) nor both words and a speaker; name the fields with --map text=FIELD,speaker=FIELD',
    zh: '既没有对话列表（turns、messages、segments……），也没有成对的文字与说话人；请用 --map text=字段,speaker=字段 指明',
  },
  no_sender: { en: 'is missing: nobody says who wrote this', zh: '缺少：没有写发件人' },
  no_mail: { en: 'is no e-mail message: it has no headers', zh: '不是电子邮件：没有信头' },
  mail_too_large: { en: 'is larger than {most} MiB', zh: '大于 {most} MiB' },
  says_nothing_happened: { en: 'is missing: the call does not say what happened', zh: '缺少：没有写发生了什么' },
  metric_without_name: {
    en: 'has no name: ask for the events with include=metric',
    zh: '没有名称：取事件时请带上 include=metric',
  },
  not_json: { en: 'is not JSON: {what}', zh: '不是 JSON：{what}' },
  not_an_object: { en: 'should be a JSON object', zh: '应是一个 JSON 对象' },
  list_cut: { en: 'the list is not closed: the file was cut', zh: '列表没有结尾：文件被截断了' },
  object_cut: { en: 'is not closed: the file ends within it', zh: '没有结尾：文件在其中就断了' },
  object_too_long: {
    en: 'is longer than {most} million characters; save its list as one object a line',
    zh: '超过 {most} 百万字符；请把列表存成每行一个对象',
  },
  too_deep: { en: 'is nested more than {most} deep', zh: '嵌套超过 {most} 层' },
  line_too_long: { en: 'the line is longer than {most} characters', zh: '这一行超过 {most} 个字符' },
  no_type: { en: 'should be one of {values}', zh: '应是其中之一：{values}' },
  not_of_system: { en: 'is missing: this is not a record of {system}', zh: '缺少：这不是 {system} 的记录' },
  of_another_system: {
    en: "is no field of {system}: this is another system's record",
    zh: '不是 {system} 的字段：这是别的系统的记录',
  },
  unknown_object: { en: 'is no {kinds} of {system}', zh: '不是 {system} 的记录（认得的有：{kinds}）' },
  unknown_chatwoot_event: {
    en: '"{event}" is not an event that Chatwoot is known to send',
    zh: '“{event}”不是 Chatwoot 会发的事件',
  },
  amounts_unreadable: {
    en: 'is missing: this is no order, invoice or credit memo of Magento, or its amounts cannot be read',
    zh: '缺少：这不是 Magento 的订单、发票或退款单，或者读不出金额',
  },
  no_log_line: { en: 'is no line of a log in the format of this file', zh: '不是这种格式的日志行' },
  for_own_systems: {
    en: 'only your own systems can know this; send it with an API key to /events',
    zh: '这只有您自己的系统才知道；请用 API 密钥发到 /events',
  },
  event_name_form: {
    en: 'a name is snake_case, such as product_viewed',
    zh: '名称要写成小写加下划线，如 product_viewed',
  },
  event_id_form: {
    en: 'an id is 8 to 64 of letters, digits, "_", "." and "-"',
    zh: '编号是 8 到 64 个字母、数字、“_”、“.”或“-”',
  },
  too_old: { en: 'it is more than {days} days old', zh: '已经过了 {days} 天以上' },
  too_many_fields: { en: 'there are more than {most} fields', zh: '字段超过 {most} 个' },
  bad_keys: { en: 'cannot be read: {what}', zh: '读不了：{what}' },
  not_readable: {
    en: 'could not be read after {attempts} attempts: {what}',
    zh: '试了 {attempts} 次都没能读入：{what}',
  },
} as const satisfies Record<string, Words>

/** Why something in a file is rightly no record: it is counted, and nothing is to be mended. */
const skips = {
  internal_note: { en: 'an internal note', zh: '内部备注' },
  spam: { en: 'spam', zh: '垃圾信息' },
  marked_by_shop: { en: 'a review that the shop marked as {status}', zh: '店铺标为 {status} 的评价' },
  deleted: { en: 'what was deleted', zh: '已删除的内容' },
  blacked_out: { en: 'a message that was blacked out', zh: '被涂黑的消息' },
  not_object: { en: 'not an object', zh: '不是一条记录' },
  greeting: { en: 'a greeting of the new webhook', zh: '新建 webhook 时的问候' },
  no_answer: { en: 'a survey without an answer', zh: '发出了但没有回答的问卷' },
  survey_definition: { en: 'the definition of a survey, not an answer', zh: '问卷的定义，不是回答' },
  survey_preview: { en: 'a preview or a test of the survey', zh: '问卷的预览或测试' },
  field_left_empty: { en: 'a form field left empty', zh: '没有填的表单项' },
  hidden_field: { en: 'a hidden or calculated field', zh: '隐藏或计算出来的字段' },
  personal: { en: 'a personal detail or a file', zh: '个人信息或文件' },
  action: { en: 'an action (clicked, accepted, dismissed …), not words', zh: '是点击、接受、关闭之类的动作，不是话' },
  default_praise: { en: 'the platform’s default praise', zh: '平台自动写的好评，不是顾客的话' },
  seller_rates_buyer: { en: 'the seller’s rating of a buyer', zh: '卖家给买家的评价' },
  no_words: { en: 'without words', zh: '没有文字' },
  attachment: { en: 'an attachment without words', zh: '只有附件，没有文字' },
  no_reason: { en: 'no reason is given', zh: '没有写原因' },
  unknown_speaker: { en: 'an unknown speaker', zh: '认不出是谁说的' },
  automatic_reply: { en: 'an automatic reply', zh: '自动回复' },
  delivery_notice: { en: 'a notice of delivery', zh: '投递通知' },
  mass_mailing: { en: 'a mass mailing', zh: '群发邮件' },
  draft_or_spam: { en: 'a draft, or spam', zh: '草稿或垃圾邮件' },
  quoted_only: { en: 'only quoted mail, or nothing', zh: '只有引用的来信，没有新写的话' },
  state_changed: { en: 'a change of state ({what})', zh: '状态变了（{what}），没有人说话' },
  nothing_said_or_done: { en: 'nothing that a customer said or did: {what}', zh: '不是顾客说的或做的：{what}' },
  another_kind: { en: 'a record of another kind: {kind}', zh: '另一种记录：{kind}' },
  no_conversation: { en: '{topic}: no conversation', zh: '{topic}：不是对话' },
  customer_card: {
    en: 'a customer’s card: nothing was said, and nothing happened',
    zh: '顾客资料：没有说话，也没有发生什么',
  },
  who_not_what: { en: 'a {type} call: it tells who, not what', zh: '{type} 调用：只说是谁，没有说发生了什么' },
  not_a_call: { en: 'not a call of Segment', zh: '不是 Segment 的调用' },
  no_event: { en: 'no event', zh: '不是事件' },
  no_order_named: { en: 'the event {event}: it names no order', zh: '事件 {event}：没有写是哪张订单' },
  fulfilment_state: { en: 'a fulfilment that is {status}', zh: '状态为 {status} 的发货' },
  cancelled_invoice: { en: 'an invoice that was cancelled', zh: '已取消的发票' },
  no_station: { en: 'a parcel without stations', zh: '还没有物流节点' },
  no_tracker: { en: 'the event {what}: it holds no tracker', zh: '事件 {what}：里面没有物流信息' },
  app_itself: { en: 'the app itself', zh: '应用本身，不是评价' },
  no_search_term: { en: 'a search without a term', zh: '没有搜索词的搜索' },
  recording: { en: 'a piece of a session’s recording', zh: '会话录像的片段' },
  robot: { en: 'a request of a robot', zh: '爬虫的访问' },
  page_file: { en: 'a file of a page, not a page', zh: '网页里的文件，不是页面' },
  other_method: { en: 'a {method} request', zh: '{method} 请求' },
  not_shown: { en: 'an answer of status {status}: no page was shown', zh: '返回 {status}：页面没有显示' },
  sign_of_life: { en: 'a sign of life of a page', zh: '页面的心跳' },
} as const satisfies Record<string, Words>

/** What is wrong with the definition of a survey, at the place that stands beside it. */
const surveyFaults = {
  survey_type: {
    en: 'the type is one of nps, csat, ces, stars, single, multiple, matrix, text',
    zh: '题型应是 nps、csat、ces、stars、single、multiple、matrix、text 之一',
  },
  survey_misfit: { en: 'does not fit: {what}', zh: '不合要求：{what}' },
  survey_lacks: { en: 'is missing ({expected})', zh: '缺少（应是 {expected}）' },
  survey_should_be: { en: 'should be: {expected}', zh: '应是：{expected}' },
  survey_few_choices: { en: 'there are only {n} choices', zh: '一共只有 {n} 个选项' },
  survey_explains: { en: '"{id}" is not an earlier question with a score', zh: '“{id}”不是前面的打分题' },
  survey_no_question: { en: 'there is no question "{id}"', zh: '没有题目“{id}”' },
  survey_loop: {
    en: 'the jump from "{from}" to "{to}" goes back: the survey would loop',
    zh: '从“{from}”到“{to}”的跳转是往回的：问卷会绕圈',
  },
  survey_looks_ahead: {
    en: '"{id}" is only asked later: a condition looks back',
    zh: '“{id}”在后面才问：条件只能看前面的题',
  },
  survey_no_number: { en: '"{id}" is not answered with a number', zh: '“{id}”的回答不是数字' },
  survey_range: { en: 'should be from {min} to {max}', zh: '应在 {min} 到 {max} 之间' },
  survey_no_choices: { en: '"{id}" has no choices', zh: '“{id}”没有选项' },
  survey_names_no_choice: { en: 'names no choice', zh: '没有写选项' },
  survey_no_choice: { en: '"{id}" has no choice "{choice}"', zh: '“{id}”没有“{choice}”这个选项' },
  survey_no_way: { en: 'no way leads to "{id}"', zh: '没有路走到“{id}”' },
  survey_twice: { en: '"{id}" is there twice', zh: '“{id}”出现了两次' },
  survey_untranslated: {
    en: 'the text is missing in this language ({lang})',
    zh: '这段文字缺少这种语言（{lang}）',
  },
} as const satisfies Record<string, Words>

export const reasons = { ...refusals, ...skips, ...surveyFaults }
