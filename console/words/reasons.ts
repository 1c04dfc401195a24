import type { Lang } from '../look/boot.ts'

/** Why a record was refused or skipped, as the server says it in English, and its Chinese. */
const patterns: readonly [RegExp, string][] = [
  [/^is missing$/, '缺少'],
  [/^is empty$/, '是空的'],
  [/^is longer than (\d+) characters$/, '超过 $1 个字符'],
  [/^is above (.+)$/, '大于 $1'],
  [/^is below (.+)$/, '小于 $1'],
  [/^is (.+), but should be a time: .*$/, '是 $1，不是认得的时间'],
  [/^should be (?:a|an) (?:whole )?number, but is (.+)$/, '应是数字，却是 $1'],
  [/^should be a text, but is (.+)$/, '应是文字，却是 $1'],
  [/^is (.+), but should be one of (.+)$/, '是 $1，应是其中之一：$2'],
  [/^is (.+), which this field cannot hold$/, '是 $1，这里放不下'],
  [/^a voice needs a text or a rating$/, '既没有文字，也没有评分'],
  [/^the rating lies outside its scale;.*$/, '评分超出量表；满分不是 5 分时，请说明评分下限和上限'],
  [/^has (\d+) cells where the header has (\d+)$/, '有 $1 格，而列名有 $2 格'],
  [/^is missing: this is not a record of (.+)$/, '缺少：这不是 $1 的记录'],
  [/^this field is not known$/, '不认得这个字段'],
  [/^the rows of "(.+)" do not stand together;.*$/, '“$1”的几行没有排在一起；请按这一列排序'],
  [
    /^is "(.+)": nothing says whether that is the customer;.*$/,
    '是“$1”，看不出是不是顾客；请在上面说明谁是顾客、谁是客服',
  ],
  [/^is missing: nothing says whether that is the customer;.*$/, '没有写是谁说的；请在上面说明谁是顾客、谁是客服'],
  [/^was rounded by a spreadsheet.*$/, '被表格软件舍入了（如 1.23E+17）；请重新导出，不要从表格软件另存'],
  [/^is missing: give it for all rows by --set order\.currency=USD$/, '没有币种；请为所有行指定'],
  [/^is not JSON: (.+)$/, '不是 JSON：$1'],
  [/^an internal (?:note|comment)$|^a private note$/, '内部备注'],
  [/^not an object$/, '不是一条记录'],
  [/^spam$/, '垃圾信息'],
  [/^a (?:satisfaction )?survey (?:sent )?without an answer$/, '发出了但没有回答的问卷'],
  [/^a deleted (?:ticket|comment|submission)$/, '已删除的内容'],
  [/^the platform’s default praise.*$/, '平台自动写的好评，不是顾客的话'],
  [/^a personal detail.*$/, '个人信息'],
  [/without words$|^a (?:comment|turn|row|transcript) without words$/, '没有文字'],
  [/^a review without a (?:text|comment) of the customer$/, '没有顾客文字的评价'],
  [/^an unknown speaker$/, '认不出是谁说的'],
  [/^an action .*$/, '是点击之类的动作，不是话'],
  [/^the app itself$/, '应用本身，不是评价'],
  [/^the seller’s rating of a buyer$/, '卖家给买家的评价'],
  [/^no reason is given$/, '没有写原因'],
  [/^a request of a robot$/, '爬虫的访问'],
  [/^a hidden or calculated field$/, '隐藏或计算出来的字段'],
  [/^a form field left empty$/, '没有填的表单项'],
  [/^a search without a term$/, '没有搜索词的搜索'],
  [/^a file of a page, not a page$/, '网页里的文件，不是页面'],
  [/^a (?:parcel|push) without stations$|^no station yet$|^a tracker without details$/, '还没有物流节点'],
]

/** In the page's language where it is known; else as it came. */
export function reasonWords(reason: string, lang: Lang): string {
  if (lang === 'en') return reason
  const found = patterns.find(([pattern]) => pattern.test(reason))
  return found ? reason.replace(found[0], found[1]) : reason
}
