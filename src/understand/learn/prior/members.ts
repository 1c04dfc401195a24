import { foldOf } from '../folds.ts'
import { quantise } from '../linear.ts'

/** A linear member of a prior: `scale` times each number is a weight. */
interface Member {
  weights: Int8Array
  scale: number
}

/** The member that has not seen a text: that of its fold, or the only one there is. */
export const memberOf = <M>(members: readonly M[], text: string): M =>
  members.length === 1 ? members[0]! : members[foldOf(text, members.length, 'prior')]!

/** The mean of several members over the same hashing, as one. */
export function meanMember(members: readonly Member[]): Member {
  const mean = new Float32Array(members[0]!.weights.length)
  for (const { weights, scale } of members) {
    for (let i = 0; i < mean.length; i++) mean[i]! += (weights[i]! * scale) / members.length
  }
  const { scale, values } = quantise(mean)
  return { weights: values, scale }
}
