import { seeded } from './seeded.ts'

/** A sentence with personal data in it: what kind, and how it stands in the text. Nobody in it exists. */
export interface Planted {
  kind: 'phone' | 'id' | 'card' | 'email' | 'account' | 'name' | 'address' | 'plate' | 'passport' | 'ip'
  form: string
  text: string
  secret: string
}

type Dice = ReturnType<typeof seeded>
type Form = readonly [name: string, write: (plain: string, dice: Dice) => string]

const wide = (text: string) =>
  text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
const han = (digits: string, table: string) => digits.replace(/\d/g, (digit) => [...table][Number(digit)]!)
const group = (digits: string, sizes: readonly number[], gap: string) => {
  const starts = sizes.map((_, at) => sizes.slice(0, at).reduce((sum, size) => sum + size, 0))
  const groups = starts.map((start, at) => digits.slice(start, start + sizes[at]!))
  return [...groups, digits.slice(groups.join('').length)].filter((part) => part !== '').join(gap)
}

/** How a string of digits is written down, by people who hide it from filters too. */
const writings: readonly Form[] = [
  ['plain', (digits) => digits],
  ['full-width', wide],
  ['spaced', (digits, dice) => group(digits, dice.pick(groupings(digits)), ' ')],
  ['wide spaces', (digits, dice) => wide(group(digits, dice.pick(groupings(digits)), '　'))],
  ['dashed', (digits, dice) => group(digits, dice.pick(groupings(digits)), dice.pick(['-', '－', '—', '–', '_']))],
  ['dotted', (digits, dice) => group(digits, dice.pick(groupings(digits)), dice.pick(['.', '·', '．']))],
  ['one by one', (digits, dice) => [...digits].join(dice.pick([' ', '-', '.', '　', ',']))],
  ['zero width', (digits, dice) => [...digits].join(dice.pick(['\u200b', '\u200d', '\u2060', '\ufeff']))],
  ['bracketed', (digits, dice) => `${dice.pick(['(', '（', '【', '['])}${digits}${dice.pick([')', '）', '】', ']'])}`],
  [
    'numerals',
    (digits, dice) => han(digits, dice.pick(['零一二三四五六七八九', '〇一二三四五六七八九', '零幺二三四五六七八九'])),
  ],
  ['banker’s numerals', (digits) => han(digits, '零壹贰叁肆伍陆柒捌玖')],
  ['half numerals', (digits) => digits.slice(0, 4) + han(digits.slice(4, 8), '零一二三四五六七八九') + digits.slice(8)],
  ['circled', (digits) => han(digits, '⓪①②③④⑤⑥⑦⑧⑨')],
  ['keycaps', (digits) => [...digits].map((digit) => `${digit}\ufe0f\u20e3`).join('')],
  ['half full-width', (digits) => digits.slice(0, 5) + wide(digits.slice(5))],
]
const groupings = (digits: string): (readonly number[])[] =>
  digits.length === 11
    ? [[3, 4, 4], [3, 3, 5], [3, 8], [4, 4, 3].slice(0, 0), [3, 2, 2, 4], [3, 4, 2, 2]].filter((g) => g.length > 0)
    : digits.length === 18
      ? [
          [6, 4, 4, 4],
          [6, 8, 4],
          [3, 3, 4, 2, 2, 4],
          [4, 4, 4, 4, 2],
        ]
      : [
          [4, 4, 4, 4],
          [6, 4, 4],
        ]

const prefixes = ['', '', '', '+86', '+86 ', '86', '0086', '(+86)', '+86-', '（86）', '86-']
const around: readonly (readonly [string, string])[] = [
  ['电话', '，白天打'],
  ['麻烦联系', '谢谢'],
  ['我手机', ''],
  ['', '打不通就发短信'],
  ['改成', '吧'],
  ['号码：', '。'],
  ['微信同号', '，备注退货'],
  ['质量太差了！！', '快给我回电'],
  ['张女士收，', '放门卫'],
  ['tel: ', ' thanks'],
  ['（', '）'],
  ['找我', '😀'],
  ['Call me on ', ' after six'],
  ['不好用，要退，', '\n等回复'],
]
const wrap = (dice: Dice, secret: string, kinds: readonly (readonly [string, string])[] = around) => {
  const [before, after] = dice.pick(kinds)
  return before + secret + after
}

function phone(dice: Dice): Planted {
  const shape = dice.pick(['mobile', 'mobile', 'mobile', 'mobile', 'landline', 'extension', 'abroad'])
  if (shape === 'mobile') {
    const digits = `1${dice.pick(['3', '4', '5', '6', '7', '8', '9'])}${dice.digits(9)}`
    const [form, write] = dice.pick(writings)
    const prefix = /numerals|circled|keycaps|bracketed/.test(form) ? '' : dice.pick(prefixes)
    const secret = prefix + write(digits, dice)
    return { kind: 'phone', form: `mobile, ${form}`, text: wrap(dice, secret), secret }
  }
  if (shape === 'abroad') {
    const secret = dice.pick([
      `+852 ${dice.pick(['5', '6', '9'])}${dice.digits(3)} ${dice.digits(4)}`,
      `+852-6${dice.digits(7)}`,
      `00852 9${dice.digits(7)}`,
      `+853 6${dice.digits(7)}`,
      `+886 9${dice.digits(2)} ${dice.digits(3)} ${dice.digits(3)}`,
      `09${dice.digits(2)}-${dice.digits(3)}-${dice.digits(3)}`,
      `+1 (212) 555-0${dice.digits(3)}`,
      `+44 7700 900${dice.digits(3)}`,
      `+81-90-${dice.digits(4)}-${dice.digits(4)}`,
      `+65 9${dice.digits(3)} ${dice.digits(4)}`,
      `(212) 555-0${dice.digits(3)}`,
      `+49 151 ${dice.digits(8)}`,
      `+61 4${dice.digits(2)} ${dice.digits(3)} ${dice.digits(3)}`,
    ])
    return { kind: 'phone', form: 'abroad', text: wrap(dice, secret), secret }
  }
  const area = dice.pick(['010', '021', '022', '0571', '0755', '0311', '0898', '020'])
  const body = `${dice.pick(['2', '3', '5', '6', '7', '8'])}${dice.digits(area.length === 3 ? 7 : dice.pick([6, 7]))}`
  const number = dice.pick([
    `${area}-${body}`,
    `${area}${body}`,
    `(${area})${body}`,
    `（${area}）${body}`,
    `${area} ${body}`,
    wide(`${area}-${body}`),
    `+86 ${area.slice(1)} ${body}`,
    `${area}-${body.slice(0, 4)}-${body.slice(4)}`,
  ])
  const tail =
    shape === 'extension'
      ? dice.pick(['转', '-', ' 转 ', '分机', ' ext. ', ' ext']) + dice.digits(dice.pick([3, 4]))
      : ''
  return { kind: 'phone', form: shape, text: wrap(dice, number + tail), secret: number + tail }
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
/** GB 11643: region, birthday, order, check character. */
function identity(dice: Dice): string {
  const region = dice.pick([
    '110105',
    '310115',
    '330106',
    '440304',
    '510107',
    '610113',
    '210204',
    '420106',
    '650102',
    '460105',
    '500112',
    '370202',
  ])
  const two = (n: number) => String(n).padStart(2, '0')
  const base = `${region}${1940 + dice.below(75)}${two(1 + dice.below(12))}${two(1 + dice.below(28))}${dice.digits(3)}`
  return base + '10X98765432'[WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(base[at]), 0) % 11]
}

const aboutIds = [
  ['身份证', ''],
  ['身份证号：', '，报关用'],
  ['实名信息 ', ' 麻烦核对'],
  ['', '，实名认证'],
  ['我的证件号码是', '。'],
  ['ID ', ' please'],
  ['海关要的', '给你'],
] as const
function id(dice: Dice): Planted {
  const full = identity(dice)
  if (dice.below(8) === 0) {
    const secret = full.slice(0, 6) + full.slice(8, 17)
    return { kind: 'id', form: '15 digits', text: wrap(dice, secret, aboutIds), secret }
  }
  const [form, write] = dice.pick(writings)
  const secret = write(dice.below(2) ? full : full.toLowerCase(), dice)
  return { kind: 'id', form, text: wrap(dice, secret, aboutIds), secret }
}

function card(dice: Dice): Planted {
  const base = dice.pick([
    `622202${dice.digits(12)}`,
    `621700${dice.digits(12)}`,
    `4${dice.digits(14)}`,
    `5${dice.pick(['1', '3', '5'])}${dice.digits(13)}`,
    `622848${dice.digits(12)}`,
    `625${dice.digits(12)}`,
  ])
  const sum = [...base]
    .reverse()
    .reduce(
      (total, digit, at) =>
        total + (at % 2 === 0 ? ((Number(digit) * 2) % 10) + (Number(digit) > 4 ? 1 : 0) : Number(digit)),
      0,
    )
  const [form, write] = dice.pick(writings.filter(([name]) => !/numerals|one by one|circled|keycaps/.test(name)))
  const secret = write(`${base}${(10 - (sum % 10)) % 10}`, dice)
  return {
    kind: 'card',
    form,
    text: wrap(dice, secret, [
      ['退到', '这张卡'],
      ['卡号', '，工行'],
      ['my card ', ' was charged twice'],
      ['银行卡：', ''],
    ]),
    secret,
  }
}

function email(dice: Dice): Planted {
  const user = dice.pick([
    'zhang.wei',
    'li_lei88',
    'wang-fang',
    'chenyu2001',
    'm.schmidt',
    'tom+shop',
    '834512907',
    'HeJing',
  ])
  const [site, top] = dice.pick([
    ['163', 'com'],
    ['qq', 'com'],
    ['gmail', 'com'],
    ['outlook', 'com'],
    ['sina', 'cn'],
    ['proton', 'me'],
  ] as const)
  const [form, secret] = dice.pick([
    ['plain', `${user}@${site}.${top}`],
    ['full-width', wide(`${user}@${site}.${top}`)],
    ['wide at', `${user}＠${site}．${top}`],
    ['spaced', `${user} @ ${site}.${top}`],
    ['spelled', `${user} at ${site} dot ${top}`],
    ['in brackets', `${user}(at)${site}(dot)${top}`],
    ['square', `${user} [at] ${site} [dot] ${top}`],
    ['艾特', `${user}艾特${site}点${top}`],
    ['Chinese stop', `${user}@${site}。${top}`],
    ['upper case', `${user}@${site}.${top}`.toUpperCase()],
  ] as const)
  return {
    kind: 'email',
    form,
    text: wrap(dice, secret, [
      ['发票发到', '，谢谢'],
      ['邮箱：', ''],
      ['my mail is ', ' thanks'],
      ['写信给 ', ' 就行'],
      ['E-mail: ', '.'],
    ]),
    secret,
  }
}

const SURNAMES = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '黄',
  '赵',
  '吴',
  '周',
  '徐',
  '孙',
  '马',
  '朱',
  '胡',
  '郭',
  '何',
  '林',
  '高',
  '罗',
  '欧阳',
  '司徒',
]
const GIVEN = [
  '伟',
  '芳',
  '小明',
  '秀英',
  '建国',
  '丽娟',
  '志强',
  '思远',
  '雨桐',
  '梓涵',
  '国栋',
  '静',
  '敏',
  '海燕',
  '俊杰',
  '晓东',
  '佳怡',
  '浩然',
  '淑珍',
  '磊',
]
function name(dice: Dice): Planted {
  if (dice.below(4) === 0) {
    const secret = `${dice.pick(['Emily', 'Robert', 'Anna', 'Wei', 'Priya', 'Carlos', 'Sarah', 'Kenji'])} ${dice.pick(['Carter', 'Miller', 'Schmidt', 'Zhang', 'Sharma', 'Garcia', 'Tanaka', "O'Brien"])}`
    return {
      kind: 'name',
      form: 'English',
      text: wrap(dice, secret, [
        ['my name is ', ' and I want a refund'],
        ['Contact: ', ''],
        ['Recipient: ', ', thanks'],
        ['This is ', ' from order 12'],
        ['Name: ', '\n'],
        ['Please ask for ', '.'],
        ['Best regards,\n', ''],
      ]),
      secret,
    }
  }
  const secret = dice.pick(SURNAMES) + dice.pick(GIVEN)
  const [before, after] = dice.pick([
    ['收件人：', '，别写错'],
    ['收货人', ' 麻烦改一下'],
    ['联系人:', '\n'],
    ['我叫', '，上周买的'],
    ['快递员', '态度很差'],
    ['客服', '很耐心'],
    ['姓名：', ''],
    ['安装师傅', '特别细心'],
    ['', `，1${dice.pick(['3', '5', '8'])}${dice.digits(9)}，改地址`],
    ['', ` 1${dice.pick(['3', '5', '8'])}${dice.digits(9)}`],
    ['', '先生收'],
    ['转给', '女士'],
    ['你好，我是', '，锅坏了'],
    ['户名', '。'],
    ['寄件人 ', ' 退货'],
  ] as const)
  return { kind: 'name', form: before || after.slice(0, 3).replace(/\d/g, '1'), text: before + secret + after, secret }
}

const CITIES = [
  '浙江省杭州市西湖区',
  '上海市浦东新区',
  '北京市朝阳区',
  '广东省深圳市南山区',
  '成都市武侯区',
  '江苏省苏州市姑苏区',
  '武汉市洪山区',
  '',
  '海淀区',
]
const STREETS = [
  '文三路',
  '人民路',
  '建设大道',
  '张杨路',
  '天府三街',
  '中山北路',
  '解放大街',
  '府前巷',
  '科苑南路',
  '五一路',
]
const ESTATES = ['阳光花园', '金色家园', '万科城市花园', '翠苑新村', '碧桂园小区', '保利公寓', '滨江府', '']
function address(dice: Dice): Planted {
  const n = (below: number) => String(1 + dice.below(below))
  if (dice.below(6) === 0) {
    const [head, secret, tail] = dice.pick([
      [
        'Ship to ',
        `${n(9000)} ${dice.pick(['Oak', 'Maple', 'North Main', 'Evergreen', 'Park'])} ${dice.pick(['Street', 'St', 'Ave', 'Avenue', 'Road', 'Lane', 'Drive', 'Blvd'])}`,
        ', Springfield',
      ],
      ['I live at ', `${n(900)} Elm St, Apt ${n(90)}B`, '.'],
      ['Address: ', `Room ${n(30)}0${n(9)}, Building ${n(30)}`, ', No. 18 Renmin Road'],
      ['my zip code is ', `9${dice.digits(4)}`, ''],
      ['mail to P.O. Box ', n(9000), ''],
    ] as const)
    return { kind: 'address', form: 'English', text: head + secret + tail, secret }
  }
  const room = `${n(30)}0${n(9)}`
  const estate = dice.pick(ESTATES)
  const [form, secret] = dice.pick([
    ['number', `${n(900)}号`],
    ['house and room', `${n(900)}号${n(30)}栋${room}室`],
    ['unit', `${n(90)}号${estate}${n(30)}号楼${n(6)}单元${room}`],
    ['lane', `${n(900)}弄${n(60)}号${room}室`],
    ['short', `${n(900)}号${estate}${n(30)}-${n(6)}-${room}`],
    ['letters', `${n(200)}号${dice.pick(['A', 'B', 'C'])}座${room}`],
    ['full-width', wide(`${n(200)}号${n(20)}栋${room}室`)],
    [
      'numerals',
      `${dice.pick(['十八', '三十六', '一百零二', '二十'])}号${dice.pick(['三', '五', '十二'])}单元${dice.pick(['五零二', '三零一'])}室`,
    ],
    ['spaced', `${n(900)} 号 ${n(30)} 栋 ${room} 室`],
    ['hash', `${n(200)}号${n(20)}#${room}`],
    ['annexe', `${n(200)}号附${n(20)}号`],
    ['storey', `${n(200)}号${n(20)}号楼${n(30)}层${room}`],
  ] as const)
  if (dice.below(5) === 0) {
    const village = dice.pick(['李楼村', '白鸠江村', '溪边村', '石桥村'])
    const tail = `${village}${n(20)}组${n(200)}号`
    return {
      kind: 'address',
      form: 'village',
      text: wrap(dice, `河南省周口市太康县王集乡${tail}`, [
        ['地址：', ''],
        ['寄到', '，别放驿站'],
        ['', '收不到货'],
      ]),
      secret: tail.slice(village.length),
    }
  }
  const street = dice.pick(CITIES) + dice.pick(STREETS) + secret
  return {
    kind: 'address',
    form,
    text: wrap(dice, street, [
      ['地址：', ''],
      ['寄到', '，谢谢'],
      ['送到', '门口'],
      ['我住', '，没人送上楼'],
      ['', '收，别再送错'],
      ['改到', '。'],
    ]),
    secret,
  }
}

function other(dice: Dice): Planted {
  const letters = dice.pick(['xiaomi_0571', 'lulu-hz66', 'wangyan1988', 'zhoujie0415', 'Sunny_cat2019'])
  const account = dice.pick([
    ['微信号：', letters],
    ['加我微信', letters],
    ['vx', letters],
    ['加V ', letters],
    ['QQ', `${1 + dice.below(9)}${dice.digits(8)}`],
    ['QQ号：', `${1 + dice.below(9)}${dice.digits(7)}`],
    ['wechat: ', letters],
    ['扣扣 ', `${1 + dice.below(9)}${dice.digits(9)}`],
  ] as const)
  const plate = `${dice.pick(['京', '沪', '粤', '浙', '苏', '川'])}${dice.pick(['A', 'B', 'C'])}${dice.pick(['', '·', ' '])}${dice.pick(['D', 'F', ''])}${dice.digits(5)}`
  const [kind, before, secret] = dice.pick([
    ['account', ...account],
    ['account', ...account],
    ['plate', '车牌', plate],
    ['plate', '送货车', plate],
    ['passport', '护照号：', `E${dice.digits(8)}`],
    ['passport', '港澳通行证', `C${dice.digits(8)}`],
    ['passport', 'passport no. ', `G${dice.digits(8)}`],
    ['ip', '登录IP ', `203.0.113.${1 + dice.below(250)}`],
  ] as const)
  return { kind, form: before, text: `${before}${secret}，谢谢`, secret }
}

/** `n` sentences of every kind, the same for the same seed. */
export function plantedSentences(seed: number, n: number): Planted[] {
  const dice = seeded(seed)
  const writers = [phone, id, card, email, name, address, other]
  return Array.from({ length: n * writers.length }, (_, at) => writers[at % writers.length]!(dice))
}
