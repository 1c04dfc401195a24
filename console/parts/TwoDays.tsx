import type { ReactNode } from 'react'
import './two-days.css'

interface TwoDaysProps {
  title: string
  /** What the first and the last day are called. */
  names: readonly [string, string]
  days: readonly [string, string]
  change: (from: string, to: string) => void
  /** What stands behind them: a button, or what is wrong. */
  children?: ReactNode
}

/** A first and a last day, typed or picked. */
export function TwoDays({ title, names, days: [from, to], change, children }: TwoDaysProps) {
  return (
    <fieldset className="row wrap two-days">
      <legend className="aux">{title}</legend>
      <input type="date" aria-label={names[0]} value={from} onChange={(event) => change(event.target.value, to)} />
      –
      <input type="date" aria-label={names[1]} value={to} onChange={(event) => change(from, event.target.value)} />
      {children}
    </fieldset>
  )
}
