import { useTranslation } from 'react-i18next'
import type { Unit } from '../../words/format.ts'
import { Evidence } from '../indicators/Evidence.tsx'

/** A figure whose records are shown: of a touchpoint, or (`stage`) of a stage. */
export interface Behind {
  id: string
  of: 'sentiment' | 'nps' | 'csat' | 'ces' | 'into' | 'exits' | 'friction' | 'stage'
  name: string
}

export type See = (behind: Behind) => void

const unitOf = (of: Behind['of']): Unit => (of === 'sentiment' || of === 'nps' ? 'points' : 'share')

/** A number that opens the records behind it. */
export function Opens({ what, value, className = '', see }: OpensProps) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className={`bare num link-like ${className}`}
      aria-label={t('journey.seeBehind', { what, value })}
      onClick={see}
    >
      <b>{value}</b>
    </button>
  )
}

interface OpensProps {
  what: string
  value: string
  className?: string
  see: () => void
}

export function BehindSheet({ of, close }: { of: Behind | null; close: () => void }) {
  return (
    <Evidence
      of={{
        path: `/journey/${of?.id ?? ''}/evidence`,
        ask: { of: of?.of ?? 'sentiment' },
        name: of?.name ?? '',
        unit: unitOf(of?.of ?? 'sentiment'),
      }}
      open={of !== null}
      close={close}
    />
  )
}
