import { parsed, type Store } from './memory.ts'

/** A pause after which the next event begins another session. */
export const IDLE_MS = 30 * 60_000

/** Who is here, as far as it is known. It exists from consent to its withdrawal. */
interface Visitor {
  /** A random id of this browser on this site. */
  id: string
  ref?: string
  session: string
  /** When the last event was, epoch milliseconds. */
  seen: number
}

interface Parts {
  store: Store
  key: string
  newId: () => string
}

/** Consent and the ids that hang on it, shared by all tabs through the store. */
export function rememberVisitor({ store, key, newId }: Parts) {
  // What counts is what the store says, since another tab may have changed it; the copy is for browsers without a store.
  let copy: Visitor | undefined = parsed<Visitor>(store.get(key))

  function save(visitor: Visitor): Visitor {
    copy = visitor
    store.set(key, JSON.stringify(visitor))
    return visitor
  }

  function current(): Visitor | undefined {
    copy = parsed<Visitor>(store.get(key)) || copy
    return copy
  }

  return {
    /** Was consent given, here or on an earlier page? */
    known: () => copy !== undefined,

    /** Notes that something happens at `now`, and tells the ids that it belongs to. */
    seen(now: number): Visitor {
      const last = current()
      // A clock that was set back says nothing about a pause.
      const goesOn = last !== undefined && Math.abs(now - last.seen) < IDLE_MS
      return save({ ...last, id: last ? last.id : newId(), session: goesOn ? last.session : newId(), seen: now })
    },

    /** Says who it is; false where that was known already. */
    identify(ref: string | null): boolean {
      const last = current()
      if (!last || (last.ref || null) === (ref || null)) return false
      // Somebody else on the same device must not be taken for the one before.
      const other = last.ref !== undefined
      save({ ...last, ref: ref || undefined, ...(other && { id: newId(), session: newId() }) })
      return true
    },

    forget() {
      copy = undefined
      store.remove(key)
    },
  }
}
