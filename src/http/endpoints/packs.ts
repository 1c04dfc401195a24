import { z } from 'zod'
import { ok } from '../../core/result.ts'
import { defineEndpoint, notFound } from '../endpoint.ts'
import { packDetail, packList, packTrial } from '../shapes.ts'

const byId = z.object({ id: z.string().max(80) })
const draft = z.object({
  /** The pack as JSON: packs/README.md says what each field means. */
  text: z.string().min(1).max(500_000),
  /** Gold cases as JSON lines. */
  gold: z.string().max(500_000).default(''),
})

export const packEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/packs',
    summary: 'Every pack with its aspects, words, owners and gold cases, as the voices of this tenant are read with it',
    right: 'read',
    answer: packList,
    run: async ({ app, tenant }) => ok(await app.packs.list(tenant)),
  }),
  defineEndpoint({
    method: 'get',
    path: '/packs/{id}',
    summary: 'One pack, what the tenant has added to it, its gold cases and versions',
    right: 'read',
    params: byId,
    answer: packDetail,
    run: async ({ app, tenant, params }) => {
      const found = await app.packs.detail(tenant, params.id)
      return found ? ok(found) : notFound(`pack ${params.id}`)
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/packs/{id}/try',
    summary: 'What a draft would change among the newest 5,000 voices, and which gold cases it holds; nothing is kept',
    right: 'write',
    params: byId,
    body: draft,
    answer: packTrial,
    run: async ({ app, tenant, params, body }) => app.packs.tryDraft(tenant, params.id, body),
  }),
  defineEndpoint({
    method: 'post',
    path: '/packs/{id}',
    summary: 'Keep an addition to a pack, or a pack of the tenant’s own; a bad one is refused with line and reason',
    right: 'write',
    params: byId,
    body: draft,
    answer: packDetail,
    run: async ({ app, tenant, params, body, caller, now }) =>
      app.packs.save(tenant, params.id, body, { actor: caller.actor, now }),
  }),
  defineEndpoint({
    method: 'post',
    path: '/packs/{id}/back',
    summary: 'One step back: the version before becomes the newest; null where nothing is left of the pack',
    right: 'write',
    params: byId,
    answer: packDetail.nullable(),
    run: async ({ app, tenant, params, caller, now }) =>
      app.packs.back(tenant, params.id, { actor: caller.actor, now }),
  }),
]
