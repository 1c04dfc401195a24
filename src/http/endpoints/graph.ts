import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint, notFound } from '../endpoint.ts'
import { inOrder } from '../queries.ts'
import { decision, knowledgeGraph, topicList, weeklyReview, wordList } from '../shapes.ts'

const mined = inOrder(
  z.object({
    /** One category; the one with the most voices where none is named. */
    category: z.string().max(200).optional(),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
  }),
)
const byWord = z.object({ pack: z.string().max(80), word: z.string().max(80) })

export const graphEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/graph',
    summary: 'The knowledge graph of a category, the words proposed for its pack, and the decisions on them',
    right: 'read',
    query: mined,
    answer: knowledgeGraph,
    run: async ({ app, tenant, query, now }) => ok(await app.graph.graph(tenant, query, now)),
  }),
  defineEndpoint({
    method: 'get',
    path: '/topics',
    summary: 'Phrases that rise and that no pack knows, grouped, against four times the period before',
    right: 'read',
    query: mined,
    answer: topicList,
    run: async ({ app, tenant, query, now }) => ok(await app.graph.topics(tenant, query, now)),
  }),
  defineEndpoint({
    method: 'get',
    path: '/review',
    summary: 'The weekly review of bad voices: figures, aspects, new topics, quotes, work in hand, owners, agenda',
    right: 'read',
    query: z.object({ week: z.string().max(10).optional(), category: z.string().max(200).optional() }),
    answer: weeklyReview,
    run: async ({ app, tenant, query, now }) => app.review(tenant, query, now),
  }),
  defineEndpoint({
    method: 'get',
    path: '/own-words',
    summary: 'Every word that a person took into a pack or turned down',
    right: 'read',
    answer: z.object({ words: z.array(decision) }),
    run: async ({ app, tenant }) => ok({ words: await app.graph.decisions(tenant) }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/own-words',
    summary: 'Take a word into a pack of this tenant, or turn it down for good; voices with it are read again',
    right: 'write',
    body: z.object({
      pack: z.string().max(80),
      place: z.string().max(80),
      list: wordList,
      word: z.string().trim().min(1).max(80),
      verdict: z.enum(['accepted', 'rejected']),
      /** What the proposal rested on, kept with the decision. */
      evidence: z
        .object({ voices: z.number(), support: z.number(), lift: z.number(), q: z.number() })
        .partial()
        .default({}),
    }),
    answer: z.object({ pack: z.string(), place: z.string(), list: wordList, word: z.string() }),
    run: async ({ app, tenant, body: { verdict, evidence, ...word }, caller, now }) =>
      app.graph.decide(tenant, word, { verdict, evidence, actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'delete',
    path: '/own-words/{pack}/{word}',
    summary: 'Take a decision back: the word may be proposed again, and voices with it are read without it',
    right: 'write',
    params: byWord,
    answer: z.object({ withdrawn: z.literal(true) }),
    run: async ({ app, tenant, params }) =>
      (await app.graph.withdraw(tenant, params.pack, params.word))
        ? ok({ withdrawn: true as const })
        : notFound(`decision on ${params.word}`),
  }),
]
