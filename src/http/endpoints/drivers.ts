import { ok } from '../../core/result.ts'
import { defineEndpoint, notFound } from '../endpoint.ts'
import * as queries from '../queries.ts'
import { driverTable, ledgerAnswer } from '../shapes.ts'

export const driverEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/drivers',
    summary: 'What goes with an outcome in a slice: importance, adjusted and stratified effects of all factors',
    right: 'read',
    query: queries.driverTable,
    answer: driverTable,
    run: async ({ app, tenant, query: { outcome, ...slice }, now }) => {
      const table = await app.drivers.weigh(tenant, outcome, slice, now)
      return table ? ok(table) : notFound(`outcome ${outcome}`)
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/drivers/ledger',
    summary: 'Refunds a month by finding, what they explain together and what is left; no return counted twice',
    right: 'read',
    query: queries.slice,
    answer: ledgerAnswer,
    run: async ({ app, tenant, query, now }) => ok(await app.drivers.ledger(tenant, query, now)),
  }),
]
