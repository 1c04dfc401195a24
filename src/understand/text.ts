/**
 * Texts are compared in a folded form that keeps every UTF-16 unit in its place: lower case, half width, simplified
 * characters where a traditional one is common in reviews. So an offset into the folded text is an offset into the text.
 */

const TRADITIONAL =
  '務务態态間间還还這这個个沒没錯错價价裡里後后時时會会來来們们對对點点說说買买賣卖質质東东貨货壞坏聲声響响靜静夠够過过樣样興兴麗丽歡欢愛爱讚赞員员臺台長长實实發发電电話话網网線线慢慢熱热溫温淨净髒脏舊旧廳厅樓楼層层邊边遠远寬宽廣广場场機机車车門门開开關关設设備备齊齐單单雙双貴贵錢钱費费題题滿满謝谢親亲禮礼總总應应該该無无與与較较導导飯饭餐餐湯汤魚鱼雞鸡麵面霧雾塵尘燈灯調调濕湿氣气環环境境風风華华級级標标準准優优質质選选擇择別别給给讓让從从為为問问處处經经驗验覺觉聽听見见帶带歲岁幾几萬万兩两壓压厲厉據据徑径終终結结絕绝緊紧續续縮缩織织繼继紅红純纯紙纸組组細细罵骂傷伤氣气憤愤惡恶亂乱麼么幺么'

const fold = new Uint16Array(65_536)
for (let code = 0; code < 65_536; code++) fold[code] = foldCode(code)
for (let i = 0; i + 1 < TRADITIONAL.length; i += 2) fold[TRADITIONAL.charCodeAt(i)] = TRADITIONAL.charCodeAt(i + 1)

function foldCode(code: number): number {
  if (code >= 0xff01 && code <= 0xff5e) return foldCode(code - 0xfee0)
  if (code >= 65 && code <= 90) return code + 32
  if (code === 0x3000 || code === 0xa0) return 32
  if (code === 0x2019) return 39
  return code
}

let buffer = new Uint16Array(4096)

/** The folded units of a text. The array is reused: it is valid until the next call and may be longer than the text. */
export function foldText(text: string): Uint16Array {
  if (buffer.length < text.length) buffer = new Uint16Array(text.length * 2)
  for (let i = 0; i < text.length; i++) buffer[i] = fold[text.charCodeAt(i)]!
  return buffer
}

/** The folded form of a word of a pack or of the lexicon. */
export function foldWord(word: string): string {
  const units = foldText(word)
  return String.fromCharCode(...units.subarray(0, word.length))
}

export const isHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff
export const isDigit = (code: number): boolean => code >= 48 && code <= 57
/** Latin letters of the folded text, those with accents too. */
export const isLatin = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7)
