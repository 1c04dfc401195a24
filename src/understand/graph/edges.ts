/** What a phrase neither begins nor ends with: words that belong to the sentence rather than to the thing. */
const NOT_FIRST = new Set(
  '的了是在着过得地和与及或但而却且则就才又再都也还很太挺蛮更最啊吧呢吗呀哦嘛哈啦呗么这那它他她你我您咱们个些每某该此其等把被给让使令从向往对于以为因所如若即便既然则之乎者个只条次里上下中们说想要会能可去来到像比离有我们'.split(
    '',
  ),
)
const NOT_LAST = new Set(
  '的了是在着过得地和与及或但而却且则就才又再都也还很太挺蛮更最啊吧呢吗呀哦嘛哈啦呗么这那它他她你我您咱个些每某该此其把被给让使令从向往对于以为因所如若即便既然之者不没无有要会能可想去来说只好真我们很点又离像比叫'.split(
    '',
  ),
)
const ENGLISH = new Set(
  'the a an is are was were be been am it its this that these those i you he she we they my your his her our their me him them of to in on at for with from by as and or but so if not no do does did have has had will would can could just very too really also than then there here what when which who how all any some more most out up about into over after before only other one get got'.split(
    ' ',
  ),
)

/** Whether a character belongs to the sentence where it stands before (0) or after (1) a phrase: it makes no longer phrase of it. */
export const isLoose = (side: 0 | 1, code: number): boolean =>
  (side === 0 ? NOT_FIRST : NOT_LAST).has(String.fromCharCode(code))

/** Whether a phrase begins and ends with words that mean something. */
export function edgesFit(text: string): boolean {
  const words = text.split(' ')
  if (/^[a-z\u00c0-\u024f]/.test(text) && ENGLISH.has(words[0]!)) return false
  if (/[a-z\u00c0-\u024f]$/.test(text) && ENGLISH.has(words.at(-1)!)) return false
  return !NOT_FIRST.has(text[0]!) && !NOT_LAST.has(text.at(-1)!)
}
