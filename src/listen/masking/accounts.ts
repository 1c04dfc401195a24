import type { Findings } from './findings.ts'

/** E-mail, also spelled so that a filter shall not see it. */
const plainMail = /(?<![a-z0-9._%+-])([a-z0-9._%+-]{1,64}) ?@ ?((?:[a-z0-9-]{1,63}[.。]){1,4}[a-z]{2,10})(?![a-z0-9])/gi
const WORD = '[a-z0-9][a-z0-9._+-]{0,63}'
const AT_SIGN = '(?:\\s?[([{<#*]\\s?at\\s?[)\\]}>#*]\\s?|\\s?艾特\\s?|\\s?@\\s?)'
const DOT_SIGN = '(?:\\s?[([{<]\\s?(?:dot|点)\\s?[)\\]}>]\\s?|\\sdot\\s|\\s?点\\s?|[.。])'
const spelledMail = new RegExp(
  `(?<![a-z0-9._+-])(${WORD}(?:\\sdot\\s[a-z0-9]{1,30}){0,2})${AT_SIGN}([a-z0-9-]{1,63}(?:${DOT_SIGN}[a-z0-9-]{2,20}){1,3})(?![a-z0-9])`,
  'gi',
)
const wordedMail = new RegExp(
  `(?<![a-z0-9._+-])(${WORD}(?:\\sdot\\s[a-z0-9]{1,30}){0,2})\\sat\\s([a-z0-9-]{1,63}(?:\\s?dot\\s[a-z0-9-]{2,20}){1,3})(?![a-z0-9])`,
  'gi',
)

const mayBeMail = /[@艾]|\sdot\s|[([{<#*]\s?(?:at|dot)\s?[)\]}>#*]/i

export function findMail(text: string, found: Findings): void {
  if (!mayBeMail.test(text)) return
  for (const pattern of [plainMail, spelledMail, wordedMail])
    found.each(
      text,
      pattern,
      ({ 1: user, 2: domain }) =>
        `${user![0]}***@${domain!.replace(/\s?[([{<]?\s?(?:dot|点|。)\s?[)\]}>]?\s?/gi, '.')}`,
    )
}

/** Names by which a person is reached in another service: only after the word that says so. */
const BETWEEN = '[\\s:：=是为叫❤+\\-—]{0,4}'
const wechat = new RegExp(
  `(?:微信|薇信|威信|徽信|v信|weixin|(?<![a-z0-9])(?:wechat|wx|vx)|[加➕]\\s?(?:我)?\\s?[微薇威vw](?![a-z])|薇)(?:号码?|同号|名|\\s?id)?${BETWEEN}([a-z][a-z0-9_-]{5,19}|[1-9][0-9]{5,11})(?![a-z0-9_-])`,
  'gi',
)
const qq = new RegExp(
  `(?:(?<![a-z])qq|(?<![a-z])q(?=[:：号])|扣扣|加扣|企鹅)(?:群|号码?|同号|账号)?${BETWEEN}([1-9][0-9]{4,11})(?![0-9])`,
  'gi',
)
const handle = new RegExp(
  `(?:抖音号?|小红书号?|快手号?|旺旺(?:名|号|id)?|淘宝(?:账号|id|名)|支付宝账?号?|(?<![a-z])(?:line|telegram|skype|instagram|whatsapp)(?: ?id)?)${BETWEEN}@?([a-z0-9][a-z0-9_.-]{4,23})(?![a-z0-9_-])`,
  'gi',
)
const machines = /^(?:iphone|ipad|android|windows|macbook|huawei|xiaomi[0-9]{1,2}$)/i

const mayBeAccount =
  /[微薇信扣鹅音书快旺宝加]|w(?:x|echat|eixin|hatsapp)|[vq][xq]|q[:：号]|line|telegram|skype|instagram/i

export function findAccounts(text: string, found: Findings): void {
  if (!mayBeAccount.test(text)) return
  found.eachTail(text, wechat, (id, match) => (isHandle(id, match[0]) ? `${id[0]}***` : undefined))
  found.eachTail(text, qq, (id) => `${id.slice(0, 2)}***`)
  found.eachTail(text, handle, (id, match) => (/[0-9_]/.test(id) && isHandle(id, match[0]) ? `${id[0]}***` : undefined))
}

/** Plain words behind “wechat” are words, unless a colon or “id” says that they are a name. */
const isHandle = (id: string, match: string): boolean =>
  !machines.test(id) && (/[0-9_]/.test(id) || /(?:[:：=是为号]|id)\s?$/i.test(match.slice(0, -id.length)))

const document =
  /(?:护照|通行证|台胞证|回乡证|军官证|驾照|驾驶证|社保卡?|passport)(?:号码?|证号|编号|\s?(?:no|number)\.?)?[\s:：#是为]{0,3}([A-Z]{0,2}[0-9]{6,10}[A-Z]?)(?![0-9A-Z])/gi
const plate =
  /(?<![最全崭更])([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z])[·.\- ]?([A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警港澳])(?![A-Za-z0-9])/g
const ip4 = /(?<![0-9.v])([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})(?![0-9.])/gi
const ip6 = /(?<![0-9a-f:.])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,6}(?![0-9a-f:])/gi
const versions = /(?:版本|系统|固件|升级到?|version|firmware|update|ver\.?|v)\s?[:：]?\s?$/i

/** Documents, number plates and addresses of machines. */
export function findMarks(text: string, found: Findings): void {
  found.eachTail(text, document, (id) => `${id.slice(0, 1)}****${id.slice(-2)}`)
  found.each(text, plate, ({ 1: place, 2: rest }) =>
    (rest!.match(/[0-9]/g)?.length ?? 0) >= 3 ? `${place}***` : undefined,
  )
  found.each(text, ip4, (match) => {
    const parts = match.slice(1).map(Number)
    const personal =
      parts.every((part) => part <= 255) && !/^(?:0|10|127|255|192\.168|172\.(?:1[6-9]|2[0-9]|3[01]))\./.test(match[0])
    return personal && !versions.test(text.slice(Math.max(0, match.index - 12), match.index))
      ? `${parts[0]}.${parts[1]}.*.*`
      : undefined
  })
  found.each(text, ip6, ({ 0: written }) => {
    const groups = written.split(':').filter((group) => group !== '')
    const long = groups.length === 8 || (written.includes('::') && groups.length >= 3)
    return long && /[a-f]|::/i.test(written) ? `${groups[0]}:****` : undefined
  })
}
