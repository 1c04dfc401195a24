import { fileOf, messageOf } from './failure.ts'
import { createRage } from './rage.ts'
import { selectorOf } from './selector.ts'

type Track = (name: string, details: Record<string, unknown>) => void

const MOST_ERRORS = 10
const four = (share: number) => Math.round(share * 10_000) / 10_000

/** Listens to the page until the returned function is called. `pathOf` names the page that the visitor is on. */
export function watch(track: Track, pathOf: () => string): () => void {
  const ends: (() => void)[] = []
  function on(target: EventTarget, name: string, act: (event: never) => void) {
    const options = { capture: true, passive: true }
    target.addEventListener(name, act as EventListener, options)
    ends.push(() => target.removeEventListener(name, act as EventListener, options))
  }
  const visit = watchVisits(track, pathOf)
  const rage = createRage()
  const errors = new Set<string>()

  on(document, 'click', (event: MouseEvent) => {
    const target = event.target
    // A click that a script made is nobody's.
    if (!event.isTrusted || !(target instanceof Element) || target.closest('[data-daystar-ignore]')) return
    const page = document.documentElement
    const [x, y] = placeOf(event, target)
    const where = {
      path: visit.path(),
      selector: selectorOf(target),
      x: four(x / page.scrollWidth),
      y: Math.round(y),
      viewportWidth: window.innerWidth,
      viewportHeight: window.innerHeight,
      documentHeight: page.scrollHeight,
    }
    track('clicked', where)
    if (rage({ at: Date.now(), x, y })) track('rage_clicked', where)
  })

  function failed(kind: string, message: string, more: object = {}) {
    const text = messageOf(message)
    if (text === '' || errors.size >= MOST_ERRORS || errors.has(text)) return
    errors.add(text)
    track('error_seen', { path: visit.path(), kind, message: text, ...more })
  }
  on(window, 'error', ({ message, filename, lineno, colno }: ErrorEvent) => {
    // An image that fails to load arrives here too, without a message.
    if (message) failed('error', message, { file: fileOf(filename || ''), line: lineno, column: colno })
  })
  on(window, 'unhandledrejection', ({ reason }: PromiseRejectionEvent) =>
    failed('rejection', String(reason?.message || reason)),
  )

  on(window, 'scroll', visit.scrolled)
  on(window, 'popstate', visit.moved)
  on(document, 'visibilitychange', () => (document.hidden ? visit.pause() : visit.resume()))
  on(window, 'pagehide', visit.pause)
  ends.push(followHistory(visit.moved))
  return () => {
    for (const end of ends) end()
  }
}

/** Pixels from the document's corner; of a click by keyboard, which has no place, the middle of what was clicked. */
function placeOf(event: MouseEvent, target: Element): [number, number] {
  if (event.detail > 0) return [event.pageX, event.pageY]
  const box = target.getBoundingClientRect()
  return [box.left + box.width / 2 + window.pageXOffset, box.top + box.height / 2 + window.pageYOffset]
}

/** Page views, and for each how far it was scrolled and how long it was looked at. */
function watchVisits(track: Track, pathOf: () => string) {
  let path: string
  /** When the page was last in view, or 0 while it is not; the deepest share that was seen, and the one that was told. */
  let since = 0
  let deepest = 0
  let told = 0

  function scrolled() {
    const { scrollHeight } = document.documentElement
    deepest = Math.max(deepest, Math.min(1, (window.pageYOffset + window.innerHeight) / scrollHeight))
  }
  function resume() {
    since = document.hidden ? 0 : Date.now()
  }
  function pause() {
    const seconds = since && Math.round((Date.now() - since) / 100) / 10
    since = 0
    if (seconds > 0) track('dwelt', { path, seconds })
    if (deepest > told) track('scrolled', { path, depth: four(deepest) })
    told = deepest
  }
  function begin(from?: string) {
    path = pathOf()
    deepest = told = 0
    resume()
    scrolled()
    track('page_viewed', { path, viewportWidth: window.innerWidth, ...(from ? { from } : origin()) })
  }
  function moved() {
    const from = path
    if (pathOf() === from) return
    pause()
    begin(from)
  }
  begin()
  return { path: () => path, scrolled, pause, resume, moved }
}

/** Where a visit comes from: the other site's host, and the campaign. Never a whole address. */
function origin(): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  const asked = new URLSearchParams(location.search)
  for (const name of ['source', 'medium', 'campaign']) {
    const value = asked.get(`utm_${name}`)
    if (value) found[name] = value
  }
  const host = document.referrer && new URL(document.referrer).host
  if (host && host !== location.host) found.referrer = host
  return found
}

/** Calls `moved` after the page moves without loading. */
function followHistory(moved: () => void): () => void {
  const ends = (['pushState', 'replaceState'] as const).map((name) => {
    const before = history[name]
    const patched = function (this: History, ...rest: Parameters<History['pushState']>) {
      before.apply(this, rest)
      moved()
    }
    history[name] = patched
    return () => {
      // Who patched after us keeps working; ours then does nothing more.
      if (history[name] === patched) history[name] = before
    }
  })
  return () => {
    for (const end of ends) end()
  }
}
