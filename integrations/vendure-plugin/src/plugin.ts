import type { OnApplicationBootstrap, OnApplicationShutdown, Type } from '@nestjs/common'
// Nest finds what the constructor wants by these classes: imported as types alone they would be nothing when the shop starts.
// biome-ignore-start lint/style/useImportType: see above
import {
  EventBus,
  HistoryService,
  Logger,
  OrderService,
  OrderStateTransitionEvent,
  PluginCommonModule,
  RefundStateTransitionEvent,
  type RequestContext,
  type VendureEvent,
  VendurePlugin,
} from '@vendure/core'
// biome-ignore-end lint/style/useImportType: see above
import { ofOrder, ofRefund, ofReview, type Transition, type VendureOrder, type VendureReview } from './map.ts'
import { Sender } from './sender.ts'

export interface DaystarOptions {
  url: string
  apiKey: string
  /** The `precision` of the shop's MoneyStrategy; 2 where it has none of its own. */
  precision?: number
  /** The event of a plugin that keeps reviews, and how its review is read; Vendure itself has none. */
  review?: { event: Type<VendureEvent>; read(event: VendureEvent): VendureReview | undefined }
}

const NAME = 'DaystarPlugin'

/** Listens to the shop's EventBus and tells Daystar what happened. A failure here never reaches the shop. */
@VendurePlugin({ imports: [PluginCommonModule], compatibility: '>=2.2.0 <4.0.0' })
export class DaystarPlugin implements OnApplicationBootstrap, OnApplicationShutdown {
  private static options: DaystarOptions
  private sender!: Sender

  static init(options: DaystarOptions): typeof DaystarPlugin {
    DaystarPlugin.options = options
    return DaystarPlugin
  }

  constructor(
    private eventBus: EventBus,
    private orders: OrderService,
    private history: HistoryService,
  ) {}

  onApplicationBootstrap(): void {
    const { url, apiKey, precision = 2, review } = DaystarPlugin.options
    const form = { precision }
    this.sender = new Sender({ url, apiKey, warn: (message) => Logger.warn(message, NAME) })
    this.eventBus.ofType(OrderStateTransitionEvent).subscribe((event) =>
      this.quietly(async () => {
        const now = { to: event.toState, at: event.createdAt.getTime() }
        const order = await this.orders.findOne(event.ctx, event.order.id, [
          'lines',
          'lines.productVariant',
          'customer',
          'surcharges',
          'shippingLines',
        ])
        if (order)
          this.sender.tell(ofOrder(order as VendureOrder, await this.transitions(event.ctx, event.order.id), now, form))
      }),
    )
    this.eventBus.ofType(RefundStateTransitionEvent).subscribe((event) =>
      this.quietly(async () => {
        const now = { to: event.toState, at: event.createdAt.getTime() }
        this.sender.tell(ofRefund(event.refund, event.order as VendureOrder, now, form))
      }),
    )
    if (review)
      this.eventBus.ofType(review.event).subscribe((event) =>
        this.quietly(async () => {
          const found = review.read(event)
          if (found) this.sender.tell(ofReview(found))
        }),
      )
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sender?.drained()
  }

  /** Earlier changes of the order's state, so that its record keeps when it was shipped once it is delivered. */
  private async transitions(ctx: RequestContext, orderId: string | number): Promise<Transition[]> {
    const { items } = await this.history.getHistoryForOrder(ctx, orderId, false, { take: 100 })
    return items
      .filter(({ type }) => type === 'ORDER_STATE_TRANSITION')
      .map(({ data, createdAt }) => ({ to: String((data as { to?: unknown }).to), at: createdAt.getTime() }))
  }

  private quietly(work: () => Promise<void>): void {
    work().catch((error: Error) => Logger.error(`What happened could not be told: ${error.message}`, NAME))
  }
}
