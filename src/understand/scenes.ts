import type { Clause, Parsed, SceneFound } from './clauses.ts'
import type { Aspect } from './packs.ts'

/** When or where, rather than who: 哄娃睡着后嗡嗡响 is about sleep first. */
const isSituation = ({ scene }: SceneFound): boolean => !scene.who

/** Whether an aspect is met where the goods are used, and not when they are paid, brought or complained of. */
export const isLivedWith = ({ touchpoint }: Aspect): boolean => !/^(?:trade|aftersale)\./.test(touchpoint)

/**
 * The scene of what is said of an aspect in a clause: the clause's own, else that of its neighbours in the sentence, else the only one that
 * the voice names. A scene that comes after a turn (热得快，但是晚上吵) says nothing of what stands before it. Price and service take one
 * from the clause before alone, where that speaks of nothing else: 晚上睡觉吵，价格便宜 tells of no price at night.
 */
export function sceneOf({ clauses, scenes }: Parsed, index: number, aspect: Aspect): SceneFound | null {
  const clause = clauses[index]!
  const [before, after] = [clauses[index - 1], clauses[index + 1]].map((other) =>
    other?.sentence === clause.sentence ? other : undefined,
  )
  if (clause.scenes.length > 0) return foremost(clause)
  if (!isLivedWith(aspect)) return before && !tellsOfAnother(before, aspect) ? foremost(before) : null
  if (before && before.scenes.length > 0) return foremost(before)
  if (after && after.scenes.length > 0 && !after.contrast) return foremost(after)
  const situations = scenes.filter(isSituation)
  const [only, another] = situations.length === 1 ? situations : scenes
  return only && !another && !isTurned(clauses, index, only) ? only : null
}

const foremost = ({ scenes }: Clause): SceneFound | null => scenes.find(isSituation) ?? scenes[0] ?? null

const tellsOfAnother = ({ marks, tokens }: Clause, aspect: Aspect): boolean =>
  marks.some((mark) => mark.aspect !== aspect) ||
  tokens.some(({ judges, word }) => judges && word.implies !== null && word.implies !== aspect)

/** Whether the text turns between a clause and a scene that follows it. */
function isTurned(clauses: readonly Clause[], index: number, { start }: SceneFound): boolean {
  for (let i = index + 1; i < clauses.length && clauses[i]!.start <= start; i++) if (clauses[i]!.contrast) return true
  return false
}
