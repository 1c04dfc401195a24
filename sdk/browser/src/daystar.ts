import type { Daystar, Details, Options } from '../index.d.ts'
import { fieldsOf, randomId } from './event.ts'
import { browserStore, guarded } from './memory.ts'
import { createQueue } from './queue.ts'
import { rememberVisitor } from './visitor.ts'
import { watch } from './watch.ts'
import { createWire } from './wire.ts'

/** Everything put together. Nothing happens before `consent(true)`, now or on an earlier page. */
export function createDaystar(options: Options): Daystar {
  const { key, host, respectSignals = true, automatic = true, path = (at) => at.pathname } = options
  const say = (what: string) => options.debug && console.warn(`daystar: ${what}`)
  const prefix = `daystar.${key}.`
  const visitor = rememberVisitor({ store: browserStore, key: `${prefix}visitor`, newId: randomId })
  const queue = createQueue({
    ...createWire({ key, host, say }),
    store: browserStore,
    prefix: `${prefix}queue.`,
    page: randomId(),
    later: (act, ms) => setTimeout(act, ms),
    cancel: (timer) => clearTimeout(timer as number),
    random: Math.random,
  })
  // The page's own function must not break the page's own navigation.
  const pathOf = () => guarded(() => path(location), location.pathname)
  let ends: (() => void)[] | undefined
  /** Who was named before consent: known to this page alone. */
  let named: string | null | undefined

  function track(name: string, details: Details = {}) {
    if (!ends) return say(`${name} not kept: no consent`)
    const now = Date.now()
    const { id, ref, session } = visitor.seen(now)
    const fields = fieldsOf({ path: pathOf(), ...details })
    queue.add({ id: randomId(), name, at: now, session, visitor: id, customerRef: ref, ...fields })
  }

  function start() {
    if (ends) return
    if (respectSignals && isRefusal()) {
      say('the browser asks not to be tracked')
      return stop()
    }
    ends = []
    visitor.seen(Date.now())
    queue.adopt()
    if (named !== undefined) identify(named)
    if (automatic) ends.push(watch(track, pathOf))
    // Behind `watch`: what it tells while the page goes away is handed over too.
    listen(window, 'pagehide', queue.leave)
    listen(document, 'visibilitychange', () => document.hidden && queue.flush())
    listen(window, 'online', () => queue.flush())
    listen(window, 'storage', (event) => {
      const { key: changed, newValue } = event as StorageEvent
      if (changed === `${prefix}visitor` && newValue === null) stop()
    })
  }

  function listen(target: EventTarget, name: string, act: (event: Event) => void) {
    target.addEventListener(name, act)
    if (ends) ends.push(() => target.removeEventListener(name, act))
  }

  function stop() {
    for (const end of ends || []) end()
    ends = undefined
    visitor.forget()
    queue.clear()
  }

  function identify(ref: string | null) {
    named = ref
    if (!ends || !visitor.identify(ref)) return
    if (ref) track('identified')
  }

  const daystar: Daystar = {
    consent: (given) => (given ? start() : stop()),
    identify,
    page: () => track('page_viewed'),
    search: (query, details) => track('searched', { ...details, query }),
    product: (productId, details) => track('product_viewed', { ...details, productId }),
    cart: (what, details) => track(what === 'viewed' ? 'cart_viewed' : `product_${what}`, details),
    checkout: (step, details) =>
      step === 'started' ? track('checkout_started', details) : track('checkout_step_completed', { ...details, step }),
    payment: (outcome, details) => track(`payment_${outcome}`, details),
    order: (orderId, details) => track('order_completed', { ...details, orderId }),
    track,
    flush: () => void queue.flush(),
    push(...calls) {
      for (const [name, ...rest] of calls) (daystar[name] as (...rest: unknown[]) => void)(...rest)
    },
  }
  if (visitor.known()) start()
  return daystar
}

/** Do Not Track, or Global Privacy Control. */
const isRefusal = () =>
  (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true || navigator.doNotTrack === '1'
