import type { TenantId } from '../../core/tenant.ts'
import { findInvitations, type Invitation } from '../../listen/surveys/invite.ts'
import { definitionOf } from '../../listen/surveys/keep.ts'
import { type About, recordsOf } from '../../listen/surveys/records.ts'
import { markTold, owingResponses, type Response, settleAbandoned } from '../../listen/surveys/responses.ts'
import type { Core } from '../core.ts'
import type { Ingest } from '../ingest.ts'

const PORTION = 200
const BATCH = 1_000
const SOURCE = 'survey'

type Owing = Awaited<ReturnType<typeof owingResponses>>[number]

/**
 * Tells the rest of the product what was answered, through the same door as every voice. What the door refuses for now (it is busy)
 * stays owing. Told twice after a crash in between, it is known by its ids and counted once. Returns how many responses were told.
 */
export async function tellAnswers(core: Core, ingest: Ingest, now: number): Promise<number> {
  await settleAbandoned(core.stores.db, now)
  let told = 0
  for (;;) {
    const owing = await owingResponses(core.stores.db, PORTION)
    for (const [tenant, responses] of byTenant(owing)) {
      if (!(await tellTenant(core, ingest, tenant, responses))) return told
      told += responses.length
    }
    if (owing.length < PORTION) return told
  }
}

async function tellTenant(core: Core, ingest: Ingest, tenant: TenantId, owing: readonly Owing[]): Promise<boolean> {
  const { db } = core.stores
  const simulated = await core.tenancy.isSimulated(tenant)
  const ids = owing.flatMap(({ response }) => response.invitationId ?? [])
  const invitations = await findInvitations(db, tenant, ids)
  const voices: unknown[] = []
  const events: unknown[] = []
  for (const { surveyId, response } of owing) {
    const definition = await definitionOf(db, { tenant, id: surveyId }, response.version)
    const about = aboutOf(invitations.get(response.invitationId ?? ''))
    const given = { ...response, surveyId, responseId: response.id, about, simulated }
    const records = recordsOf(definition, given)
    voices.push(...records.voices)
    events.push(...records.events)
  }
  const taken = (await takeAll(ingest, tenant, 'voices', voices)) && (await takeAll(ingest, tenant, 'events', events))
  if (taken)
    await markTold(
      db,
      tenant,
      owing.map(({ response }): Response => response),
    )
  return taken
}

async function takeAll(
  ingest: Ingest,
  tenant: TenantId,
  kind: 'voices' | 'events',
  records: unknown[],
): Promise<boolean> {
  for (let at = 0; at < records.length; at += BATCH) {
    const taken = await ingest.accept({ tenant, kind, source: SOURCE, records: records.slice(at, at + BATCH) })
    if (!taken.ok) return false
  }
  return true
}

function aboutOf(invitation: Invitation | undefined): About {
  if (!invitation) return {}
  const { customerRef, orderId, productId, merchantId, category, city } = invitation
  const known = { customerRef, orderId, productId, merchantId, category, city }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== ''))
}

function byTenant(owing: readonly Owing[]): Map<TenantId, Owing[]> {
  const groups = new Map<TenantId, Owing[]>()
  for (const one of owing) groups.set(one.tenant, [...(groups.get(one.tenant) ?? []), one])
  return groups
}
