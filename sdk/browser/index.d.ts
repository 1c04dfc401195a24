/** What the browser SDK offers. The sources implement this file; nothing else is public. */

export interface Options {
  /** The write key of this site (`dsw_…`). It may only send events, from the origins that it was made for. */
  key: string
  /** Where Daystar runs, such as `https://cem.example.com`. */
  host: string
  /** Do Not Track and Global Privacy Control count as a refusal that no `consent(true)` overrides. Default true. */
  respectSignals?: boolean
  /** Page views, clicks, scrolling, dwell time and errors by themselves. Default true; else only what is called. */
  automatic?: boolean
  /** What stands for a page's address. Default `location.pathname`: no query and no fragment, which may hold secrets. */
  path?: (location: Location) => string
  /** Tells in the browser's console what was refused and why. Default false. */
  debug?: boolean
}

/** Details of an event. Lists and objects are kept as JSON text; at most 30 fields of 500 characters. */
export interface Details {
  productId?: string
  orderId?: string
  merchantId?: string
  category?: string
  [name: string]: unknown
}

export type Call = { [K in keyof Daystar]: [K, ...Parameters<Daystar[K]>] }[Exclude<keyof Daystar, 'push'>]

export interface Daystar {
  /**
   * Until `true` nothing is sent, stored or remembered, and no id is made. The choice is kept for the next pages. `false` erases the
   * ids and everything that was not sent yet.
   */
  consent(given: boolean): void
  /** Who this is from now on: the shop's own id of the customer, never an e-mail address or a phone number. Null: signed out. */
  identify(customerRef: string | null): void
  /** A page view by hand, where `automatic` is off. */
  page(): void
  search(query: string, details?: Details): void
  product(productId: string, details?: Details): void
  cart(what: 'added' | 'removed' | 'viewed', details?: Details): void
  /** The checkout begins (`started`), or one of its steps is done. */
  checkout(step: string, details?: Details): void
  /** `tried` when the customer presses “pay”, then the outcome as soon as it is known. */
  payment(outcome: 'tried' | 'failed' | 'succeeded', details?: Details): void
  order(orderId: string, details?: Details): void
  /** Anything else. `name` is snake_case. */
  track(name: string, details?: Details): void
  /** Sends what waits, now. */
  flush(): void
  /** Calls as data, for pages that call before the script has come: `(window.daystar ||= []).push(['consent', true])`. */
  push(...calls: Call[]): void
}

export function createDaystar(options: Options): Daystar
