import type { Effect } from '../../../src/http/shapes.ts'
import { holds, type Tone } from '../../parts/scale.ts'

/** Fewer returns are better: below zero is good. What holds zero is unsure. */
export function toneOfEffect(effect: NonNullable<Effect['proof']['effect']>): Tone {
  if (holds(effect, 0)) return 'unsure'
  return effect.value < 0 ? 'good' : 'bad'
}
