import type { OpenAPIHono } from '@hono/zod-openapi'

/** What the Node adapter tells of a connection. */
export type Env = { Bindings: { incoming?: { socket: { remoteAddress?: string } } } }
export type HonoApp = OpenAPIHono<Env>
