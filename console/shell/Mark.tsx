/** The mark: a loop left open where the morning star rises. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg className="mark" viewBox="0 0 64 64" width={size} height={size} fill="none" aria-hidden="true">
      <path className="ring" d="M35.2 12.35A21 21 0 1 0 51.65 28.8" strokeWidth="6.5" strokeLinecap="round" />
      <path className="star" d={STAR} />
    </svg>
  )
}

const STAR =
  'M48 1C49.2 10.4 53.6 14.8 63 16 53.6 17.2 49.2 21.6 48 31 46.8 21.6 42.4 17.2 33 16 42.4 14.8 46.8 10.4 48 1Z'

/** The star alone: what deserves the eye first. At most two on a screen. */
export function Star({ size = 24 }: { size?: number }) {
  return (
    <svg viewBox="33 1 30 30" width={size} height={size} className="the-star" aria-hidden="true">
      <path d={STAR} fill="var(--gold)" />
    </svg>
  )
}
