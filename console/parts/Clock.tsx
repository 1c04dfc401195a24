import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Ticket } from '../../src/http/shapes.ts'
import { useFormat } from '../shell/surroundings.tsx'
import './clock.css'

/** The moment, told anew each half minute. */
function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** Which deadline counts now: the first answer until it is given, then the closing. Null where both are over and done. */
export function deadlineOf(ticket: Ticket): { kind: 'firstAnswer' | 'close'; from: number; due: number } | null {
  if (ticket.state === 'closed') return null
  if (ticket.firstAnsweredAt === null)
    return { kind: 'firstAnswer', from: ticket.createdAt, due: ticket.firstAnswerDueAt }
  return { kind: 'close', from: ticket.createdAt, due: ticket.closeDueAt }
}

const AROUND = 2 * Math.PI * 8

/** A ring that empties, with digits: grey above half, gold below, red and full when overdue. */
export function Clock({ of, words = true }: { of: Ticket; words?: boolean }) {
  const { t } = useTranslation()
  const { duration } = useFormat()
  const now = useNow()
  const deadline = deadlineOf(of)
  if (!deadline) return null
  const left = deadline.due - now
  const share = Math.max(0, Math.min(1, left / Math.max(deadline.due - deadline.from, 1)))
  const state = left < 0 ? 'over' : share < 0.5 ? 'late' : 'calm'
  const time = duration(left)
  return (
    <span className={`clock ${state}`} role="timer">
      <svg viewBox="0 0 20 20" width="20" height="20" fill="none" aria-hidden="true">
        <circle cx="10" cy="10" r="8" stroke="var(--line)" strokeWidth="2.5" />
        <circle
          cx="10"
          cy="10"
          r="8"
          className="left"
          strokeWidth="2.5"
          strokeDasharray={`${(state === 'over' ? 1 : share) * AROUND} ${AROUND}`}
          transform="rotate(-90 10 10)"
        />
      </svg>
      {words && (
        <b className="num">
          <span className="kind">{t(`ticket.${deadline.kind}`)}</span>{' '}
          {state === 'over' ? t('ticket.overBy', { time }) : t('ticket.left', { time })}
        </b>
      )}
    </span>
  )
}
