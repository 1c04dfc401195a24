import { isHan, isLatin } from './text.ts'

// Words that English texts hold and the other languages of Latin script do not.
const ENGLISH = new Set(
  "the is was are were it its this that these those and of to for with not very my you your we they have has had but so i'm it's i've don't doesn't didn't good great nice bad poor love loved excellent terrible awful perfect works work quality price product delivery battery screen room staff hotel fast slow noisy quiet arrived broken refund recommend easy size would will can just like than from after before when which what there been too i he she his her our as on at by an be if or all only get got use used using buy bought well really in no morning water hot works heater fan amazing terrific awesome fantastic wonderful horrible disappointed happy any hardly never much more most some did does having because even also still again works worked working nothing everything something better worse worst best thing things only about over them their who why how where while cannot can't won't wouldn't wasn't weren't isn't aren't haven't hasn't couldn't month months week weeks year years days money return sound screen phone laptop charger shipping customer seller support nice fine awesome waste refund cheap noise smell leaks leaking urgent please thank thanks angry upset furious annoyed love bit am me such waste money worst avoid absolutely totally device sound item cheap returned excellent recommended perfectly comfortable here makes make made goes went little way stay stayed every another away back keep keeps kept take takes took put down up out off same new old first last next hours minutes night feel feels felt look looks looked fits smells tastes came comes received ordered store people kids husband wife daughter dog cat skin feet meh".split(
    ' ',
  ),
)
// Frequent words of Portuguese, Spanish, French, German, Italian, Dutch, Polish, Turkish, Indonesian.
const FOREIGN = new Set(
  'o os um uma de da do das dos que e em no na nos nas com para por não nao muito mas foi produto entrega meu minha bom boa ótimo otimo chegou prazo antes veio recomendo loja ainda el la los las una y del muy pero es está le les des une du et pas très mais der die das und ist nicht sehr ich ein eine mit il lo gli che non molto è per het een niet zeer bu bir ve çok yang dan tidak sangat ini jest się bardzo nie comprei recebi gostei super excelente rápido rapido'.split(
    ' ',
  ),
)

// At least every third word must be known, in at least this many words.
const KNOWN_SHARE = 3
const LEAST_WORDS = 4

/**
 * Chinese by its script (Japanese and Korean scripts speak against it); English only on positive evidence, such as function
 * words, or where the packs know many of its words: `known` counts them. Whatever is neither is `other` and is not read.
 */
export function detectLanguage(units: Uint16Array, length: number, known?: () => number): 'zh' | 'en' | 'other' {
  let han = 0
  let kana = 0
  let hangul = 0
  let english = 0
  let foreign = 0
  let words = 0
  let accents = 0
  for (let i = 0; i < length; i++) {
    const code = units[i]!
    if (isHan(code)) han++
    else if (code >= 0x3041 && code <= 0x30ff && code !== 0x306e && code !== 0x30fb && code !== 0x30fc) kana++
    else if ((code >= 0xac00 && code <= 0xd7a3) || (code >= 0x1100 && code <= 0x11ff)) hangul++
    else if (isLatin(code)) {
      const start = i
      while (i + 1 < length && (isLatin(units[i + 1]!) || (units[i + 1] === 39 && isLatin(units[i + 2] ?? 0)))) i++
      words++
      if (hasAccent(units, start, i)) accents++
      if (i - start < 12) {
        const word = String.fromCharCode(...units.subarray(start, i + 1))
        if (ENGLISH.has(word)) english++
        if (FOREIGN.has(word)) foreign++
      }
    }
  }
  if (kana >= 2 && kana * 8 >= han) return 'other'
  if (hangul * 2 >= han && hangul > 0) return 'other'
  if (han > 0 && han * 3 >= words) return 'zh'
  if (english > foreign && english * 8 >= words) return 'en'
  // "Blurry prints, weak suction": no function word, but the words of a pack.
  return foreign + accents === 0 && known !== undefined && known() * KNOWN_SHARE >= Math.max(words, LEAST_WORDS)
    ? 'en'
    : 'other'
}

function hasAccent(units: Uint16Array, start: number, end: number): boolean {
  for (let i = start; i <= end; i++) if (units[i]! >= 0xc0) return true
  return false
}
