import { useTranslation } from 'react-i18next'
import { useSurroundings } from '../shell/surroundings.tsx'

/** Why the person may not change anything in this tenant, in a sentence; null where they may. */
export function useWriteRefusal(): string | null {
  const { t } = useTranslation()
  const { session, tenant } = useSurroundings()
  if (tenant.canWrite) return null
  if (session.needsOwner) return t('shell.ownerToAct')
  return session.user ? t('shell.readOnly') : t('shell.signInToAct')
}
