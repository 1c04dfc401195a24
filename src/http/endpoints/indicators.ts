import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint } from '../endpoint.ts'
import * as queries from '../queries.ts'
import {
  indicatorByCustomer,
  indicatorComparison,
  indicatorEvidence,
  indicatorPreview,
  indicatorSummary,
  indicatorsByCustomer,
  indicatorWords,
  ownDefinition,
  ownIndicator,
  ownParts,
} from '../shapes.ts'

const indicatorId = z.object({ id: z.string().max(40) })

export const indicatorEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/indicators',
    summary:
      'Every indicator, built in and the tenant’s own: words, unit, formula, table, interval, dimensions; with `figures=true` what each comes to, its run and its change',
    right: 'read',
    query: queries.indicatorList,
    answer: z.object({
      indicators: z.array(indicatorWords),
      own: z.array(ownIndicator),
      /** Null where they were not asked for. */
      figures: z.array(indicatorSummary).nullable(),
    }),
    run: async ({ app, tenant, query: { figures, ...asked }, now }) => {
      const [{ indicators }, own, measured] = await Promise.all([
        app.catalogue(tenant),
        app.indicators.own(tenant),
        figures ? app.indicators.all(tenant, asked, now) : null,
      ])
      return ok({ indicators, own, figures: measured })
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/indicators/by-customer',
    summary:
      'Every indicator with an interval that knows that several cases may be one customer’s, where that changes it',
    right: 'read',
    query: queries.slice,
    answer: indicatorsByCustomer,
    run: async ({ app, tenant, query, now }) =>
      ok({ indicators: await app.indicators.eachByCustomer(tenant, query, now) }),
  }),
  defineEndpoint({
    method: 'get',
    path: '/indicators/parts',
    summary:
      'What an indicator of one’s own can be put together from: kinds of records, fields with the values met, numbers',
    right: 'read',
    answer: ownParts,
    run: async ({ app, tenant, now }) => ok(await app.indicators.parts(tenant, now)),
  }),
  defineEndpoint({
    method: 'post',
    path: '/indicators/preview',
    summary: 'What an indicator of one’s own comes to in the usual period and day by day, before it is kept',
    right: 'read',
    body: z.object({ definition: ownDefinition }),
    answer: indicatorPreview,
    run: async ({ app, tenant, body, now }) => ok(await app.indicators.preview(tenant, body.definition, now)),
  }),
  defineEndpoint({
    method: 'post',
    path: '/indicators',
    summary: 'Keep an indicator of one’s own; with its id, replace it',
    right: 'write',
    body: z.object({ id: z.string().max(40).optional(), definition: ownDefinition }),
    answer: ownIndicator,
    run: async ({ app, tenant, body, caller, now }) =>
      app.indicators.keep(tenant, { ...body, actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/indicators/{id}/retire',
    summary: 'List an indicator of one’s own no more, or again; its address keeps working',
    right: 'write',
    params: indicatorId,
    body: z.object({ retired: z.boolean() }),
    answer: ownIndicator,
    run: async ({ app, tenant, params, body, caller, now }) =>
      app.indicators.retire(tenant, params.id, { ...body, actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'delete',
    path: '/indicators/{id}',
    summary: 'Forget an indicator of one’s own',
    right: 'write',
    params: indicatorId,
    answer: indicatorId,
    run: async ({ app, tenant, params }) => app.indicators.forget(tenant, params.id),
  }),
  defineEndpoint({
    method: 'get',
    path: '/indicators/{id}/compare',
    summary:
      'One indicator against the period before, the same weekdays, the year before or any period, or each group against the rest, over all of which the false-discovery rate is held',
    right: 'read',
    params: indicatorId,
    query: queries.comparison,
    answer: indicatorComparison,
    run: async ({ app, tenant, params, query, now }) => app.indicators.compare(tenant, params.id, query, now),
  }),
  defineEndpoint({
    method: 'get',
    path: '/indicators/{id}/by-customer',
    summary: 'The same figure with an interval that knows that several cases may be one customer’s',
    right: 'read',
    params: indicatorId,
    query: queries.slice,
    answer: indicatorByCustomer,
    run: async ({ app, tenant, params, query, now }) => app.indicators.byCustomer(tenant, params.id, query, now),
  }),
  defineEndpoint({
    method: 'get',
    path: '/indicators/{id}/evidence',
    summary: 'The voices, orders or events behind an indicator, of one group or one side if asked',
    right: 'read',
    params: indicatorId,
    query: queries.evidence,
    answer: indicatorEvidence,
    run: async ({ app, tenant, params, query, now }) => app.indicators.evidence(tenant, params.id, query, now),
  }),
]
