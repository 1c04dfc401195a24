import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint, notFound } from '../endpoint.ts'
import * as queries from '../queries.ts'
import { indicatorBreakdown, indicatorSummary, overview, touchpointRow, voiceFacets, voicePage } from '../shapes.ts'

const indicatorId = z.object({ id: z.string().max(40) })

export const measureEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/overview',
    summary: 'Indicators with interval and trend, newest findings, worst touchpoints, tickets that are due',
    right: 'read',
    query: queries.slice,
    answer: overview,
    run: async ({ app, tenant, query, now }) => ok(await app.overview(tenant, query, now)),
  }),
  defineEndpoint({
    method: 'get',
    path: '/indicators/{id}',
    summary: 'One indicator: estimate, previous period, change, series by day, week or month',
    right: 'read',
    params: indicatorId,
    query: queries.steppedSlice,
    answer: indicatorSummary,
    run: async ({ app, tenant, params, query, now }) => {
      const summary = await app.indicator(tenant, params.id, query, now)
      return summary ? ok(summary) : notFound(`indicator ${params.id}`)
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/indicators/{id}/by/{dimension}',
    summary:
      'One indicator by a dimension, each group against the rest: category, merchant, product, city, kind, channel or week',
    right: 'read',
    params: indicatorId.extend({ dimension: z.string().max(40) }),
    query: queries.slice,
    answer: indicatorBreakdown,
    run: async ({ app, tenant, params, query, now }) => {
      const groups = await app.indicatorBy(tenant, params.id, params.dimension, query, now)
      return groups ? ok(groups) : notFound(`indicator ${params.id} by ${params.dimension}`)
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/touchpoints',
    summary: 'Every touchpoint of the journey with its score and volume',
    right: 'read',
    query: queries.slice,
    answer: z.object({ touchpoints: z.array(touchpointRow) }),
    run: async ({ app, tenant, query, now }) => ok({ touchpoints: await app.touchpoints(tenant, query, now) }),
  }),
  defineEndpoint({
    method: 'get',
    path: '/voices',
    summary: 'What customers said, newest first, with what was read in it',
    right: 'read',
    query: queries.voiceList,
    answer: voicePage,
    run: async ({ app, tenant, query, now }) => app.voices(tenant, query, now),
  }),
  defineEndpoint({
    method: 'get',
    path: '/voices/facets',
    summary: 'How a selection of voices divides, and the polarity of each aspect in it',
    right: 'read',
    query: queries.voiceFilter,
    answer: voiceFacets,
    run: async ({ app, tenant, query, now }) => ok(await app.voiceFacets(tenant, query, now)),
  }),
]
