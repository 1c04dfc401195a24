import { useTranslation } from 'react-i18next'
import { zh } from '../../words/zh.ts'

type Known = keyof typeof zh.llm.errors

/** What went wrong, in the page's language; `origin` is where it went wrong. */
export function useLlmTrouble(): (code: string, message: string, baseUrl: string) => string {
  const { t } = useTranslation()
  return (code, message, baseUrl) => {
    const origin = URL.canParse(baseUrl) ? new URL(baseUrl).origin : baseUrl
    return code in zh.llm.errors ? t(`llm.errors.${code as Known}`, { origin }) : message
  }
}
