import type { Clause, Parsed, SceneFound } from './clauses.ts'

/** When or where, rather than who: 哄娃睡着后嗡嗡响 is about sleep first. */
const isSituation = ({ scene }: SceneFound): boolean => !scene.who

/**
 * The scene of a clause: its own, else that of its neighbours in the sentence, else the only one that the voice names. A scene that comes
 * after a turn (热得快，但是晚上吵) says nothing of what stands before it.
 */
export function sceneOf({ clauses, scenes }: Parsed, index: number): SceneFound | null {
  const clause = clauses[index]!
  const near = [clauses[index - 1], clauses[index + 1]].filter((other) => other?.sentence === clause.sentence)
  for (const other of [clause, ...near] as Clause[]) {
    if (other.scenes.length > 0 && !(other === clauses[index + 1] && other.contrast))
      return other.scenes.find(isSituation) ?? other.scenes[0]!
  }
  const situations = scenes.filter(isSituation)
  const [only, another] = situations.length === 1 ? situations : scenes
  return only && !another && !isTurned(clauses, index, only) ? only : null
}

/** Whether the text turns between a clause and a scene that follows it. */
function isTurned(clauses: readonly Clause[], index: number, { start }: SceneFound): boolean {
  for (let i = index + 1; i < clauses.length && clauses[i]!.start <= start; i++) if (clauses[i]!.contrast) return true
  return false
}
