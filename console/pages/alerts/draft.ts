import type { AlertRuleDraft, TenantRule } from '../../../src/http/shapes.ts'

/** A kept rule as what its editor changes. */
export const draftOf = ({ id: _, ...draft }: TenantRule['rule']): AlertRuleDraft => draft
