import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api/client.ts'
import { useSurroundings } from '../shell/surroundings.tsx'

/** Why the person may not change anything in this tenant, in a sentence; null where they may. */
export function useWriteRefusal(): string | null {
  const { t } = useTranslation()
  const { session, tenant } = useSurroundings()
  if (tenant.canWrite) return null
  if (session.needsOwner) return t('shell.ownerToAct')
  return session.user ? t('shell.readOnly') : t('shell.signInToAct')
}

/** Why a request was not done, in the page's language; `invalid` is what to say where the server did not accept what was sent. */
export function useRefused(): (error: unknown, invalid: string) => string {
  const { t } = useTranslation()
  return (error, invalid) => {
    if (!(error instanceof ApiProblem)) return t('state.server')
    if (error.status === 0) return t('state.unreachable')
    if (error.status === 401) return t('state.signedOut')
    if (error.status === 403) return t('state.forbidden')
    if (error.status === 404) return t('state.missing')
    return error.status < 500 ? invalid : t('state.server')
  }
}
