/** A circumstance under which something goes wrong, as people tell it. */
export interface Cause {
  id: string
  zh: string
  en: string
  pattern: RegExp
}

const N = '[一二两三四五六七八九十几半多\\d]+'

/** What people say before the trouble: how long it was used, what was done, what happened to it. The first that fits is taken. */
export const causes: readonly Cause[] = [
  {
    id: 'after_repair',
    zh: '修过、换过以后',
    en: 'After a repair or exchange',
    pattern:
      /(?:维修|返修|修|换)(?:了|过|完|好|回来)[^。！？]{0,8}(?:又|还|还是|仍|依然)|after (?:the |a )?(?:repair|replacement|exchange)/,
  },
  {
    id: 'after_months',
    zh: '用了几个月以上',
    en: 'After months of use',
    pattern: new RegExp(
      `(?:用|使用|买|装|穿|戴|开|住)[了到回来]{0,2}(?:才|不到|没到|刚|快|大概|将近)?${N}(?:个?多?月|年)|after (?:a |\\d+ |few |several )?(?:months?|years?)`,
    ),
  },
  {
    id: 'after_days',
    zh: '用了没几天',
    en: 'After days of use',
    pattern: new RegExp(
      `(?:用|使用|买|装|穿|戴|开|放)[了到回来]{0,2}(?:才|不到|没到|没|刚)?${N}(?:个?多?(?:天|日|星期|礼拜|周|小时))|没${N}天|after (?:a |\\d+ |few |several |couple of )?(?:days?|weeks?|hours?)`,
    ),
  },
  {
    id: 'after_uses',
    zh: '用过一两次',
    en: 'After a use or two',
    pattern: new RegExp(
      `(?:用|使用|洗|穿|充|烧|打)[了过]{0,2}(?:才|不到|没到|没|刚)?${N}(?:次|回|水)|after (?:one|two|a few|\\d+) (?:uses?|wash(?:es)?)`,
    ),
  },
  {
    id: 'first_use',
    zh: '第一次用、刚打开',
    en: 'At first use',
    pattern:
      /第一次(?:用|使用|开|洗|充|装)|(?:刚|才)(?:用|使用|装|拿到|收到|打开|到手|买来|买回)|一(?:打开|拆开|到手)就|out of the box|first (?:time|use)/,
  },
  {
    id: 'whenever',
    zh: '一用就出现',
    en: 'Whenever it is used',
    pattern:
      /一(?:开机?|按|插|碰|用|洗|动|放|坐|加热|走路|关)[^，。！？]{0,5}就|每次(?:用|开|洗|都)|every time|whenever/,
  },
  {
    id: 'again_and_again',
    zh: '反复出现',
    en: 'Again and again',
    pattern: /动不动|时不时|三天两头|隔三差五|反复|老是|总是|经常|keeps? \w+ing|again and again/,
  },
  {
    id: 'in_transit',
    zh: '运输途中',
    en: 'In transit',
    pattern: /运输|路上|途中|(?:快递|物流|送货)[^，。！？]{0,6}(?:摔|压|碰|扔|挤|撞|颠)|in (?:transit|shipping)/,
  },
  {
    id: 'installation',
    zh: '安装时、装好以后',
    en: 'At or after installation',
    pattern: /安装(?:完|后|好|时|的时候|过程|不当|不好)|装(?:完|好|上)(?:后|以后|之后|就)|(?:after|during) install/,
  },
  {
    id: 'weather',
    zh: '天冷、下雨、天热的时候',
    en: 'In cold, rain or heat',
    pattern:
      /天(?:气)?(?:一)?(?:冷|热)|冬天|夏天|下雨|低温|零下|高温|when it (?:is|gets) (?:cold|hot)|in winter|in summer/,
  },
  {
    id: 'peak',
    zh: '人多、旺季的时候',
    en: 'At busy times',
    pattern: /周末|节假日|高峰|旺季|黄金周|春节|国庆|五一|双十一|双11|人多|weekend|holiday|peak/,
  },
  {
    id: 'arrival',
    zh: '到店、入住的时候',
    en: 'At check-in',
    pattern: /入住(?:时|的时候|手续|当天|登记)|办理入住|到店|check[ -]?in/i,
  },
  {
    id: 'departure',
    zh: '退房、结账的时候',
    en: 'At check-out',
    pattern: /退房|结帐|结账|check[ -]?out/i,
  },
]

/** Circumstances are looked for this near the complaint, in UTF-16 units: before it, and a little after. */
const BEFORE = 40
const AFTER = 24

/** The circumstances told around a stretch of the text, within its sentence. */
export function causesNear(text: string, start: number, end: number): Cause[] {
  const before = text.slice(Math.max(0, start - BEFORE), start)
  const sentence = before.slice(Math.max(...[...'。！？!?\n'].map((mark) => before.lastIndexOf(mark))) + 1)
  const after = text.slice(end, end + AFTER).split(/[。！？!?\n]/, 1)[0]!
  const near = sentence + text.slice(start, end) + after
  return causes.filter(({ pattern }) => pattern.test(near))
}
