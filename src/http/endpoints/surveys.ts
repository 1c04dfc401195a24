import { z } from 'zod'
import { invitationRule } from '../../app/surveys/shape.ts'
import { ok } from '../../core/result.ts'
import { defineEndpoint, notFound } from '../endpoint.ts'
import { surveyDetail, surveyInvitations, surveyLinks, surveyList, surveyPreview, surveyResults } from '../shapes.ts'
import { content } from '../surveys/page.ts'

const byId = z.object({ id: z.string().max(40) })
/** The definition as JSON: docs/surveys.md tells what each field means. */
const text = z.string().min(1).max(300_000)

export const surveyEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/surveys',
    summary: 'Every survey with how far people came and its first score, and NPS over all of them',
    right: 'read',
    answer: surveyList,
    run: async ({ app, tenant }) => ok(await app.surveys.list(tenant)),
  }),
  defineEndpoint({
    method: 'post',
    path: '/surveys',
    summary: 'Keep a new survey as a draft; a bad definition is refused with line, place and reason',
    right: 'write',
    body: z.object({ text }),
    answer: surveyDetail,
    run: async ({ app, tenant, body, caller, now }) =>
      app.surveys.create(tenant, body.text, { actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/surveys/preview',
    summary: 'One page of a definition as people would see it, after some answers; nothing is kept',
    right: 'read',
    body: z.object({
      text,
      lang: z.enum(['zh', 'en']),
      answers: z.record(z.string().max(60), z.unknown()).default({}),
      /** The question to show, where it is on the way; `back` shows the one before it. */
      at: z.string().max(60).optional(),
      back: z.boolean().default(false),
    }),
    answer: surveyPreview,
    run: async ({ app, body }) => {
      const view = app.surveys.preview(body)
      if (!view.ok) return view
      const envelope = { action: '/s/_preview', page: '', channel: 'link', otherLanguage: null }
      const question = view.value.kind === 'question' ? view.value.question.id : null
      return ok({ html: content(view.value, envelope).markup, kind: view.value.kind, question })
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/surveys/cool-down',
    summary: 'For how many days a customer whom any survey has invited is left in peace by all of them',
    right: 'write',
    body: z.object({ days: z.number().int().min(0).max(365) }),
    answer: z.object({ coolDownDays: z.number() }),
    run: async ({ app, tenant, body }) => ok(await app.surveys.setCoolDown(tenant, body.days)),
  }),
  defineEndpoint({
    method: 'get',
    path: '/surveys/{id}',
    summary: 'One survey: what it asks, how it is handed out, how it stands',
    right: 'read',
    params: byId,
    answer: surveyDetail,
    run: async ({ app, tenant, params }) => {
      const found = await app.surveys.detail(tenant, params.id)
      return found ? ok(found) : notFound(`survey ${params.id}`)
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/surveys/{id}',
    summary: 'Keep the next version of a survey; answers that were begun go on with theirs',
    right: 'write',
    params: byId,
    body: z.object({ text }),
    answer: surveyDetail,
    run: async ({ app, tenant, params, body, caller, now }) =>
      app.surveys.save(tenant, params.id, body.text, { actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/surveys/{id}/hand-out',
    summary: 'Open or close a survey, and say when and whom it invites and which sites may show it',
    right: 'write',
    params: byId,
    body: z.object({
      state: z.enum(['draft', 'live', 'closed']).optional(),
      rule: invitationRule.nullable().optional(),
      origins: z.array(z.string().max(200)).max(20).optional(),
      once: z.boolean().optional(),
    }),
    answer: surveyDetail,
    run: async ({ app, tenant, params, body, now }) => app.surveys.hand(tenant, params.id, body, now),
  }),
  defineEndpoint({
    method: 'post',
    path: '/surveys/{id}/invite',
    summary: 'Make the invitations that are due now, for all live surveys; by itself this happens every ten minutes',
    right: 'write',
    params: byId,
    answer: z.object({ made: z.number() }),
    run: async ({ app, tenant, params, now }) =>
      (await app.surveys.detail(tenant, params.id))
        ? ok(await app.surveys.invite(tenant, now))
        : notFound(`survey ${params.id}`),
  }),
  defineEndpoint({
    method: 'get',
    path: '/surveys/{id}/invitations',
    summary: 'The newest invitations, and what became of them',
    right: 'read',
    params: byId,
    answer: surveyInvitations,
    run: async ({ app, tenant, params }) => {
      const found = await app.surveys.invitations(tenant, params.id)
      return found ? ok(found) : notFound(`survey ${params.id}`)
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/surveys/{id}/links',
    summary: 'The single-use links of open invitations, of all or of named customers; noted as handed out',
    right: 'write',
    params: byId,
    body: z.object({
      /** What the links begin with: where customers reach this server, such as https://cx.shop.example. */
      base: z.url({ protocol: /^https?$/ }).max(300),
      customers: z.array(z.string().min(1).max(200)).max(10_000).optional(),
    }),
    answer: surveyLinks,
    run: async ({ app, tenant, params, body, now }) => {
      const { customers, base } = body
      const links = await app.surveys.links(tenant, params.id, { base: base.replace(/\/+$/, ''), customers, now })
      return links ? ok({ links }) : notFound(`survey ${params.id}`)
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/surveys/{id}/results',
    summary: 'How far people came, every score raw and weighted to the invited, and who answered against who was asked',
    right: 'read',
    params: byId,
    answer: surveyResults,
    run: async ({ app, tenant, params }) => {
      const found = await app.surveys.results(tenant, params.id)
      return found ? ok(found) : notFound(`survey ${params.id}`)
    },
  }),
]
