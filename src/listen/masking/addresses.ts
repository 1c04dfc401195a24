import { DIGIT, HOUSE, PLACE } from './characters.ts'
import { type Findings, matches } from './findings.ts'

/**
 * The numbers of an address: which house, which stair, which door. Street, district and town stay, so that a text can still be read and
 * counted by place; of a village its name goes too, since the village is the address. What is a date, a bus line or a floor of a shop stays.
 */
const CN = '一二三四五六七八九十百零〇两'
const N = `(?:[甲乙丙丁A-Za-z]?[0-9]{1,6}[A-Za-z]?|[A-Za-z](?![A-Za-z])|[${CN}]{1,8})`
const NN = `(?:[A-Za-z][0-9]{0,3}[-—–])?${N}(?:\\s?[-—–之/#]\\s?${N}){0,4}`
const UNIT = '(?:号楼|号院|号|號|支弄|弄|栋|幢|座|单元|室|房(?!间)|户|门(?!口)|组|队|层|楼(?!梯|道)|#楼?)'
const PART = `附?${NN}\\s?${UNIT}\\s?`
const STREET =
  '(?:路|街|大道|胡同|巷|里弄|弄(?![一几]弄?)|段|村|屯|庄|寨|坊|新村|小区|花园|家园|公寓|大厦|广场|苑|城|府|庭|湾|园|区|镇|乡|道|社区|宿舍|校区|院|东里|西里|南里|北里|堡)'
const STRONG = /^(?:路|街|大道|胡同|巷|弄|段|村|屯|庄|镇|乡)/
/** What may stand behind the last number: a room without its word. */
const BARE = `(?:[-— ]?(?:[0-9]{1,2}[A-Z](?![0-9A-Za-z])|[A-Za-z]?[0-9]{3,4}(?![0-9A-Za-z])(?!\\s?(?:元|块|克|公斤|斤|[gGwWmMkK%]|年|次|个|件|套|条|只|张|片|平|毫|公里|米|人|分|天|多))))`
const NO_HOUSE =
  '(?!(?<=号\\s?)(?:线|出口|门(?!牌)|店|街|路|桥|口|色|链接|电池|球|窗口|柜|登机|公路|馆|机|针|款|码|字|洗|唇|口红|楼梯|楼道))'
const houseInStreet = new RegExp(`(${STREET})(\\s?)((?:${PART}){1,6}${NO_HOUSE}${BARE}?)`, 'g')
const furtherParts = new RegExp(
  `[\\s,，]?(?:[\\u4e00-\\u9fffA-Za-z·]{0,10}?(?:(?:${PART}){1,5}${NO_HOUSE}${BARE}?|[座栋幢楼厦室园苑城阁厅]\\s?${BARE}|${N}#${N}|${N}(?:-${N}){1,3})|之[0-9]{1,3})`,
  'y',
)
const DATE =
  /^(?:才|就|到|发|下|收到|晚|早|上午|下午|中午|凌晨|之前|以前|之后|以后|左右|那|当天|开始|买|送|签|给|一直|联系|打|申请|退|付|拍)/
const BUILDING = '(?:号楼|号院|栋|幢|座|#楼?)'
const ROOM = `(?:${NN}\\s?(?:室|房(?!间)|号(?!楼)|户)|${BARE})`
const houseAlone = new RegExp(
  `(?<![0-9A-Za-z.&])${NN}\\s?${BUILDING}\\s?(?:(?:${NN}\\s?(?:号楼|栋|单元|门|层|楼)\\s?){1,3}${ROOM}|(?:${NN}\\s?(?:号楼|栋|单元|门)\\s?){1,3}|${ROOM})`,
  'g',
)
const unitAlone = new RegExp(`(?<![0-9A-Za-z.&])${NN}\\s?单元\\s?${ROOM}`, 'g')
const number = new RegExp(
  `${NN}(?=\\s?${UNIT})|[A-Za-z]?[0-9]{1,6}[A-Za-z]?(?:[-—–/#][A-Za-z]?[0-9]{1,6}[A-Za-z]?)*|[A-Z](?=座)`,
  'g',
)
const village =
  /((?:县|区|市|旗)[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道|苏木))([\u4e00-\u9fff]{1,6}?)(村|屯|庄|寨|嘎查)(?!镇|委)/g
const room =
  /(?:地址|住址|家住|住在?|寄到?|送到?|改到|发到?|放|小区|花园|家园|公寓|苑|新村|园|城)[\s:：]?([0-9]{1,3}-[0-9]{1,2}(?:-[0-9]{3,4}|[0-9]{2,4})?-?[0-9]{0,4})(?![0-9\-.天日])/g
const said =
  /(?:地址|住址|家住|住在|寄到|寄往|送到|发到|改到|改寄|改为|我家在)[是在为到:：\s]{0,4}([^，,。;；！!？?\n]{4,60})/g
const place = /[省市区县镇乡村路街道巷里苑园城府厦栋幢座弄]/
const postcode =
  /(?:邮编|邮政编码|post ?code|zip(?: ?code)?)(?: is|是|为)?[\s:：]{0,3}([0-9]{5,6})(?:-[0-9]{4})?(?![0-9])/gi

const NUMBERS = /(?<![&#])[A-Za-z]?[0-9]{1,6}[A-Za-z]?(?:\s?[-—–/#]\s?[A-Za-z0-9]{1,5})*/g

const hidden = (written: string): string => written.replace(number, '***')

/** `bits` of the text as `lookAt` tells them: each pattern needs a sign of what it looks for. */
export function findAddresses(text: string, bits: number, found: Findings): void {
  if (bits & HOUSE) findHouses(text, found)
  if (bits & PLACE)
    for (const match of matches(text, village)) {
      const start = match.index + match[1]!.length
      found.add(start, start + match[2]!.length, '***')
    }
  if (bits & DIGIT) found.eachTail(text, room, (doors) => (isDate(doors) ? undefined : '***'))
  if (bits & DIGIT)
    for (const match of matches(text, said))
      hideSaid(match[1]!, match.index + match[0].length - match[1]!.length, found)
}

function findHouses(text: string, found: Findings): void {
  for (const match of matches(text, houseInStreet)) {
    const [whole, kind, gap, house] = match as unknown as [string, string, string, string]
    const start = match.index + kind.length + gap.length
    const end = match.index + whole.length
    if (!STRONG.test(kind) && isLoose(house.trim(), gap, text.slice(end, end + 4), text[match.index - 1])) continue
    if (!/号|號|弄|栋|幢|座|单元|室|房|组|队|#/.test(house)) continue
    found.add(start, end, hidden(house))
    hideFurther(text, end, found)
  }
  for (const pattern of [houseAlone, unitAlone])
    for (const match of matches(text, pattern)) {
      found.add(match.index, match.index + match[0].length, hidden(match[0]))
      hideFurther(text, match.index + match[0].length, found)
    }
}

/** Behind the name of an estate or a mall a single number may be a date (小区 5号才送) or a wing (大悦城A座). */
const isLoose = (house: string, gap: string, behind: string, before: string | undefined): boolean =>
  /^[A-Za-z]座(?:[^0-9]*[楼层])?$/.test(house) ||
  (/^[^号]*号$/.test(house) && (gap !== '' || before === '商' || DATE.test(behind)))

/** An address goes on over the name of an estate to its next numbers. */
function hideFurther(text: string, from: number, found: Findings): void {
  for (let at = from, rounds = 0; rounds < 4; rounds++) {
    furtherParts.lastIndex = at
    const match = furtherParts.exec(text)
    if (!match || match[0] === '') return
    // Only the numbers: the estate in between may be what another pattern looks at.
    const first = /[0-9]|[甲乙丙丁A-Z一二三四五六七八九十百零〇]+(?=[号栋幢座单室])/.exec(match[0])
    if (!first || /[。！？\n]/.test(match[0])) return
    found.add(at + first.index, at + match[0].length, hidden(match[0].slice(first.index)))
    at += match[0].length
  }
}

/** Behind “地址” every number that follows the name of a place is a part of it. */
function hideSaid(segment: string, at: number, found: Findings): void {
  const first = place.exec(segment)
  if (!first) return
  for (const match of matches(segment, NUMBERS)) {
    if (match.index < first.index) continue
    const end = match.index + match[0].length
    const behind = segment.slice(end, end + 4)
    if (/^\s?(?:元|块|天|月|日|点|次|个|件|年|分|小时|公里|米|克|斤|%|楼|层|星|级|人|位|平|路|;)/.test(behind)) continue
    if (/^号/.test(behind) && DATE.test(behind.slice(1))) continue
    if (/^(?:号线|号店)/.test(behind)) continue
    found.add(at + match.index, at + end, '***')
  }
}

const isDate = (written: string): boolean =>
  /^(?:[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}-[0-9]{1,2}-20[0-9]{2}|20[0-9]{2}-.*)$/.test(written)

const KIND =
  '(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Way|Terrace|Square|Sq|Parkway|Pkwy|Highway|Hwy|Circle|Close|Crescent|Row|Quay|Mews|Grove|Hill|Trail|Alley|Gardens)'
const PREMISE = '(?:Apt|Apartment|Suite|Ste|Unit|Room|Rm|Floor|Flat|Building|Bldg|Block|Tower|House|No)'
const westernStreet = new RegExp(
  `(?<![0-9A-Za-z.$€£#-])([0-9]{1,6}[A-Za-z]?(?:[-/][0-9]{1,5}[A-Za-z]?)?)(,? (?:[NSEW]\\.? )?(?:[A-Z0-9][A-Za-z0-9'’.-]{0,20} ){1,4}${KIND}(?![A-Za-z]))`,
  'g',
)
const premise = new RegExp(`(?<![A-Za-z])(${PREMISE}\\.?\\s?#?)([A-Za-z]?[0-9]{1,5}[A-Za-z]?)(?![0-9A-Za-z])`, 'gi')
const lowerStreet =
  /(?:live at|address(?: is)?:?|ship(?:ped)? to|deliver(?:ed)? to|sen[dt] (?:it |this |them )?to|moved to)\s([0-9]{1,6}[a-z]?)(?= (?:[a-z0-9'’.]{1,20} ){1,4}(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|way|terrace)(?![a-z]))/gi
const hashDoor = /(?<=, ?)#\s?[0-9]{1,5}[A-Za-z]?(?![0-9A-Za-z])/g
const postBox = /(?<![A-Za-z])((?:P\.? ?O\.? ?)?Box )([0-9]{1,6})(?![0-9])/g
const STATE =
  'A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]'
const zip = new RegExp(`(?<![A-Za-z])((?:${STATE}),? )([0-9]{5}(?:-[0-9]{4})?)(?![0-9])`, 'g')
const britishPostcode = /(?<![A-Za-z0-9])([A-Z]{1,2})([0-9][A-Z0-9]? [0-9](?!GB|TB)[A-Z]{2})(?![A-Za-z0-9])/g

export function findWesternAddresses(text: string, found: Findings): void {
  found.eachTail(text, postcode, () => '***')
  let streets = 0
  found.each(text, westernStreet, ({ 2: street }) => {
    streets++
    return `***${street}`
  })
  found.eachTail(text, lowerStreet, () => '***')
  const premises = [...matches(text, premise)]
  const named =
    streets > 0 ||
    premises.length > 1 ||
    /\b(?:address|live at|ship(?:ped)? to|deliver(?:ed)? to|Road|Street|Avenue)\b/.test(text)
  if (named) found.each(text, premise, ({ 1: kind }) => `${kind}***`)
  if (streets > 0) found.each(text, hashDoor, () => '#***')
  found.each(text, postBox, ({ 0: whole, 1: box }) => (/^P/.test(whole) ? `${box}***` : undefined))
  found.each(text, zip, ({ 1: state }) => `${state}***`)
  found.each(text, britishPostcode, ({ 1: area }) => `${area}***`)
}
