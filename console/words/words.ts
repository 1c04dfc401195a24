import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Lang } from '../look/boot.ts'
import { en } from './en.ts'
import type { zhAlerts } from './zh.alerts.ts'
import type { zhDrivers } from './zh.drivers.ts'
import type { zhExport } from './zh.export.ts'
import type { zhGraph } from './zh.graph.ts'
import type { zhIndicators } from './zh.indicators.ts'
import type { zhJourney } from './zh.journey.ts'
import type { zhLive } from './zh.live.ts'
import type { zhModules } from './zh.modules.ts'
import type { zhPacks } from './zh.packs.ts'
import type { zhPages } from './zh.pages.ts'
import type { zhPrivacy } from './zh.privacy.ts'
import type { zhReading } from './zh.reading.ts'
import type { zhSources } from './zh.sources.ts'
import type { zhSurveys } from './zh.surveys.ts'
import { zh } from './zh.ts'
import type { zhWebsite } from './zh.website.ts'

/** The same keys with any text; where Chinese has a plural form `_other`, English has `_one` beside it. */
type Table<T> = {
  [K in keyof T]: T[K] extends string ? string : Table<T[K]>
} & { [K in keyof T as K extends `${infer Base}_other` ? `${Base}_one` : never]: string }
export type Words = Table<typeof zh>
export type PageWords = Table<typeof zhPages>
export type GraphWords = Table<typeof zhGraph>
export type ReadingWords = Table<typeof zhReading>
export type AlertWords = Table<typeof zhAlerts>
export type LiveWords = Table<typeof zhLive>
export type PacksWords = Table<typeof zhPacks>
export type WebsiteWords = Table<typeof zhWebsite>
export type SourcesWords = Table<typeof zhSources>
export type SurveyWords = Table<typeof zhSurveys>
export type PrivacyWords = Table<typeof zhPrivacy>
export type ExportPartWords = Table<typeof zhExport>
export type DriverWords = Table<typeof zhDrivers>
export type IndicatorWords = Table<typeof zhIndicators>
export type JourneyWords = Table<typeof zhJourney>
export type ModuleWords = Table<typeof zhModules>

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof zh }
    returnNull: false
  }
}

export function startWords(lang: Lang): void {
  i18next.use(initReactI18next).init({
    lng: lang,
    fallbackLng: 'zh',
    resources: { zh: { translation: zh }, en: { translation: en } },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    initAsync: false,
  })
}
