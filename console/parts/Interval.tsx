import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FEW } from './few.ts'
import './interval.css'
import { holds, place, type Scale, type Tone } from './scale.ts'

interface Bounds {
  value: number | null
  low: number | null
  high: number | null
}

interface IntervalProps {
  of: Bounds
  scale: Scale
  tone: Tone
  /** Zero, a target, the whole: drawn as a dotted line. Where the interval holds it, the bar turns grey and its dot hollow. */
  reference?: number
  /** False where holding the reference says nothing about certainty (a group beside the average). */
  judged?: boolean
}

/** The one way in which an estimate and its 95 % interval are drawn. The numbers stand beside it, in words. */
export function Interval({ of, scale, tone, reference, judged = true }: IntervalProps) {
  const unsure = judged && reference !== undefined && holds(of, reference)
  const shown = unsure ? 'unsure' : tone
  const left = of.low === null ? null : place(of.low, scale)
  const right = of.high === null ? null : place(of.high, scale)
  return (
    <span className={`interval ${shown}`} aria-hidden="true">
      {reference !== undefined && <i className="reference" style={{ left: `${place(reference, scale)}%` }} />}
      {left !== null && right !== null && <i className="bar" style={{ left: `${left}%`, width: `${right - left}%` }} />}
      {of.value !== null && <i className="dot" style={{ left: `${place(of.value, scale)}%` }} />}
    </span>
  )
}

export interface IntervalRow {
  key: string
  label: ReactNode
  sub?: ReactNode
  of: Bounds | null
  tone: Tone
  /** The number in words, such as −61. */
  text: string
  /** What it rests on, such as n 1,204. */
  n: ReactNode
  /** So few stand behind it that no number is shown: the lane is hatched and reads 少. */
  few?: boolean
  /** What to say of this row where it has no estimate, instead of what is said of all. */
  nothing?: string
}

interface IntervalRowsProps {
  rows: readonly IntervalRow[]
  scale: Scale
  tick: (value: number) => string
  reference?: number
  judged?: boolean
  /** Heads of the columns n. */
  nHead?: string
  /** What to say of a row without an estimate. */
  nothing: string
  name: string
}

/** Estimates under one another on one axis. The axis is shared, so that the eye may compare. */
export function IntervalRows({ rows, scale, tick, reference, judged, nHead, nothing, name }: IntervalRowsProps) {
  const { t } = useTranslation()
  return (
    <div className="interval-rows">
      <div className="head aux num" aria-hidden="true">
        <span />
        <span className="axis">
          {scale.ticks.map((value) => (
            <i key={value} style={{ left: `${place(value, scale)}%` }}>
              {tick(value)}
            </i>
          ))}
        </span>
        <span />
        <span className="n">{nHead}</span>
      </div>
      <ul aria-label={name}>
        {rows.map((row) => (
          <li key={row.key}>
            <span className="label">
              <span className="name">{row.label}</span>
              {row.sub && <span className="aux">{row.sub}</span>}
            </span>
            <span className="lane">
              {scale.ticks.map((value) => (
                <i
                  key={value}
                  className={value === reference ? 'grid zero' : 'grid'}
                  style={{ left: `${place(value, scale)}%` }}
                />
              ))}
              {row.few ? (
                <span className="few" title={t('figure.fewLong')}>
                  {t('figure.few')}
                </span>
              ) : row.of ? (
                <Interval of={row.of} scale={scale} tone={row.tone} reference={reference} judged={judged} />
              ) : (
                <span className="aux">{row.nothing ?? nothing}</span>
              )}
            </span>
            <span
              className={`text num ${row.of && judged !== false && reference !== undefined && holds(row.of, reference) ? 'unsure' : row.tone}`}
            >
              {row.text}
              {row.of && judged !== false && reference !== undefined && holds(row.of, reference) && (
                <span className="hidden"> {t('figure.cannotTell')}</span>
              )}
            </span>
            <span className="n aux num">{row.n}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Whether so few stand behind a number that it is not shown. */
export const tooFew = (n: number) => n < FEW
