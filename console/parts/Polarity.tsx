import type { VoiceRow } from '../../src/http/shapes.ts'
import { useNames } from '../shell/surroundings.tsx'
import './polarity.css'

export type PolarityName = VoiceRow['sentiment']

export const signOf: Record<PolarityName, string> = { positive: '+', negative: '−', neutral: '·', mixed: '±' }

/** Colour, sign, shape and word say the same, so that any one may fail. */
export function Polarity({ of, word }: { of: PolarityName; word?: string }) {
  const names = useNames()
  return (
    <span className={`polarity ${of}`}>
      <i aria-hidden="true">{of === 'neutral' ? '' : signOf[of]}</i>
      <span>{word ?? names.polarity(of)}</span>
    </span>
  )
}

interface SplitProps {
  negative: number
  neutral: number
  positive: number
  /** 95 % interval of the negative share, drawn as a bracket on the boundary. */
  low?: number | null
  high?: number | null
}

/** How an aspect's mentions divide: negative hatched, neutral pale, positive plain. What is left over is mixed. */
export function PolaritySplit({ negative, neutral, positive, low, high }: SplitProps) {
  const total = negative + neutral + positive || 1
  return (
    <span className="split" aria-hidden="true">
      <i className="negative" style={{ flexGrow: negative / total }} />
      <i className="neutral" style={{ flexGrow: neutral / total }} />
      <i className="positive" style={{ flexGrow: positive / total }} />
      {low != null && high != null && (
        <b style={{ left: `${low * 100}%`, width: `${Math.max(high - low, 0) * 100}%` }} />
      )}
    </span>
  )
}
