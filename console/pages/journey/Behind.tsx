import { useTranslation } from 'react-i18next'
import type { Journey } from '../../../src/http/shapes.ts'
import { useOpened } from '../../shell/opened.ts'
import { useNames } from '../../shell/surroundings.tsx'
import type { Unit } from '../../words/format.ts'
import { Evidence } from '../indicators/Evidence.tsx'
import { type Behind, type Line, linesOf } from './lines.ts'

export type See = (behind: Behind) => void

const unitOf = (of: Behind['of']): Unit => (of === 'sentiment' || of === 'nps' ? 'points' : 'share')

export function useSee(): See {
  const records = useOpened('records')
  return ({ id, of }) => records.open(`${of}:${id}`)
}

/** What a figure measures, in the page's language. */
export function useMeasure() {
  const { t } = useTranslation()
  const names = useNames()
  return ({ of, from, measure }: Line): string => {
    if (of === 'stage') return measure ? t(`journey.stageMeasure.${measure}`) : ''
    return of === 'into' ? t('journey.wayInto', { from: names.touchpoint(from ?? '') }) : t(`journey.${of}`)
  }
}

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

/** The records behind the figure that the address names. */
export function BehindSheet({ journey }: { journey: Journey }) {
  const { t } = useTranslation()
  const names = useNames()
  const measure = useMeasure()
  const records = useOpened('records')
  const line = linesOf(journey).find(({ of, id }) => `${of}:${id}` === records.opened)
  const place = line && (line.of === 'stage' ? t(`stage.${line.stage}`) : names.touchpoint(line.id))
  return (
    <Evidence
      of={{
        path: `/journey/${line?.id ?? ''}/evidence`,
        ask: { of: line?.of ?? 'sentiment' },
        name: line ? `${place} · ${measure(line)}` : '',
        unit: unitOf(line?.of ?? 'sentiment'),
      }}
      open={line !== undefined}
      close={records.close}
    />
  )
}
