import type { Random } from '../random.ts'

/** Homophones and slips of the thumb, as Chinese keyboards make them. */
const slips: readonly (readonly [string, string])[] = [
  ['的', '滴'],
  ['得', '的'],
  ['非常', '灰常'],
  ['没有', '木有'],
  ['这个', '介个'],
  ['客服', '客户'],
  ['师傅', '师付'],
  ['质量', '质亮'],
  ['声音', '生音'],
  ['噪音', '燥音'],
  ['安装', '按装'],
  ['晚上', '晚尚'],
  ['睡觉', '碎觉'],
  ['什么', '神马'],
  ['喜欢', '稀饭'],
  ['在', '再'],
  ['已经', '以经'],
  ['怎么', '肿么'],
  ['不错', '布错'],
  ['东西', '东东'],
  ['我', '窝'],
  ['物流', '物硫'],
  ['快递', '快弟'],
  ['太', '忒'],
  ['真的', '真滴'],
  ['热', '惹'],
  ['就', '久'],
  ['漏水', '露水'],
]
const happy = [...'😊😄👍🥰😋💯🎉', '❤️', '～', '^_^', 'hhh', '哈哈哈']
const wry = ['～', '。。。', '🙂', '😅', '😂', '…', '！']
const angry = [...'😡😤😭🙄😩💔👎', '。。。', '！！！', '= =', '呵呵', '🤦‍♀️']

/** Makes a clean text look typed by a person on a phone. `mood` below 0 is cross, above 0 pleased. */
export function roughen(text: string, mood: number, random: Random): string {
  let rough = text
  if (random.chance(0.16)) rough = slip(rough, random)
  if (random.chance(0.1)) rough = rough.replaceAll('，', random.pick([' ', '  ', '', ',', '、']))
  if (random.chance(0.06)) rough = rough.replaceAll('。', random.pick(['~', '！', '…', ' ']))
  if (random.chance(mood === 0 ? 0.1 : 0.2))
    rough += random.pick(mood < 0 ? angry : mood > 0 ? happy : wry).repeat(random.chance(0.25) ? 3 : 1)
  if (random.chance(0.04))
    rough = `${random.pick(['哎', '那个', '嗯', 'emmm', '咳', 'OMG', '家人们', '姐妹们'])}，${rough}`
  if (random.chance(0.03)) rough = doubled(rough, random)
  return rough
}

function slip(text: string, random: Random): string {
  const possible = slips.filter(([right]) => text.includes(right))
  if (possible.length === 0) return text
  const [right, wrong] = random.pick(possible)
  return text.replace(right, wrong)
}

/** A sign typed twice. */
function doubled(text: string, random: Random): string {
  const signs = [...text]
  const at = random.int(0, signs.length - 1)
  signs.splice(at, 0, signs[at]!)
  return signs.join('')
}
