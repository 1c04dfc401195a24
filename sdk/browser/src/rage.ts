const WITHIN_MS = 1_000
const WITHIN_PX = 30
const CLICKS = 3

interface Press {
  at: number
  x: number
  y: number
}

/** Tells the third of three clicks within a second at one spot; the clicks behind it belong to the same fit. */
export function createRage(): (press: Press) => boolean {
  let fit: Press[] = []
  return (press) => {
    const last = fit[fit.length - 1]
    if (last && (press.at - last.at > WITHIN_MS || Math.hypot(press.x - last.x, press.y - last.y) > WITHIN_PX)) fit = []
    fit.push(press)
    return fit.length === CLICKS && press.at - fit[0]!.at <= WITHIN_MS
  }
}
