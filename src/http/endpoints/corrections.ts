import { z } from 'zod'
import { readingChange } from '../../app/corrections.ts'
import { ok } from '../../core/result.ts'
import { defineEndpoint, notFound } from '../endpoint.ts'
import { correctedVoice } from '../shapes.ts'

const voiceId = z.object({ id: z.string().max(200) })
const day = z.iso.date()

export const correctionEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/corrections',
    summary: 'How many voices a person has corrected; GET /corrections/export gives them as training data',
    right: 'read',
    answer: z.object({ voices: z.number() }),
    run: async ({ app, tenant }) => ok(await app.corrections.count(tenant)),
  }),
  defineEndpoint({
    method: 'get',
    path: '/voices/{id}/reading',
    summary: 'What was read in one voice, by whom, and every correction of it',
    right: 'read',
    params: voiceId,
    query: z.object({ day }),
    answer: correctedVoice,
    run: async ({ app, tenant, params, query }) => {
      const found = await app.corrections.look(tenant, { id: params.id, day: query.day })
      return found ? ok(found) : notFound(`voice ${params.id}`)
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/voices/{id}/corrections',
    summary: 'Correct what was read in a voice, or take the last correction back; figures follow at once',
    right: 'write',
    params: voiceId,
    body: z.object({ day, change: z.union([readingChange, z.strictObject({ kind: z.literal('undo') })]) }),
    answer: correctedVoice,
    run: async ({ app, tenant, params, body, caller, now }) =>
      app.corrections.apply(tenant, { id: params.id, day: body.day }, body.change, { actor: caller.actor, now }),
  }),
]
