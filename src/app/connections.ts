import type { TenantId } from '../core/tenant.ts'
import { type Connection, type ConnectionWish, openBook } from './connections/book.ts'
import { createDeliveries } from './connections/deliveries.ts'
import { startPulls } from './connections/pulls.ts'
import type { Core } from './core.ts'
import { sealFor } from './seal.ts'

/** Systems that send to us by webhook or are asked by us. */
export function createConnections(core: Core, secret: string, wakeReader: () => void) {
  const book = openBook(core, sealFor('connection', secret))
  const onTaken = ({ tenant }: Connection) => {
    wakeReader()
    core.changes.publish(tenant, ['settings'])
  }
  const deliveries = createDeliveries(core, book, onTaken)
  const pulls = startPulls(core, book, onTaken)

  return {
    list: book.list,
    receive: deliveries.receive,
    async make(tenant: TenantId, wish: ConnectionWish, by: { actor: string; now: number }) {
      const made = await book.make(tenant, wish, by)
      if (made.ok) pulls.wake()
      return made
    },
    remove: book.remove,
    async pause(tenant: TenantId, id: string, paused: boolean, now: number) {
      const done = await book.pause(tenant, id, paused, now)
      if (done && !paused) pulls.wake()
      return done
    },
    async reset(tenant: TenantId, id: string, settings: Record<string, string>, now: number) {
      const done = await book.reset(tenant, id, settings, now)
      if (done?.ok) pulls.wake()
      return done
    },
    close: pulls.stop,
  }
}
