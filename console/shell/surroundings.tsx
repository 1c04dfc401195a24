import { useSearch } from '@tanstack/react-router'
import { createContext, useContext, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Catalogue, Named, Session } from '../../src/http/shapes.ts'
import { useCatalogueQuery } from '../api/queries.ts'
import { type Search, sliceOf } from '../api/search.ts'
import type { Lang, ThemeChoice } from '../look/boot.ts'
import type { ThemeName } from '../look/tokens.ts'
import * as format from '../words/format.ts'
import { zh } from '../words/zh.ts'

export type Tenant = Session['tenants'][number]

export interface Surroundings {
  session: Session
  tenant: Tenant
  lang: Lang
  setLang: (lang: Lang) => void
  theme: ThemeName
  themeChoice: ThemeChoice
  setTheme: (choice: ThemeChoice) => void
  /** True while the server tells of changes by itself. */
  live: boolean
}

const context = createContext<Surroundings | null>(null)
export const SurroundingsProvider = context.Provider

export function useSurroundings(): Surroundings {
  const value = useContext(context)
  if (!value) throw new Error('used outside the shell')
  return value
}

/** The address's search, with the tenant always named. */
export function useAddress(): Search & { tenant: string } {
  const search = useSearch({ strict: false }) as Search
  const { tenant } = useSurroundings()
  return { ...search, tenant: tenant.id }
}

/** What the API is asked on every page: tenant, period, category, merchant, product, city. */
export function useSlice(): Search & { tenant: string } {
  const { tenant, from, to, category, merchant, product, city } = useAddress()
  return { tenant, ...sliceOf({ from, to, category, merchant, product, city }) }
}

/** The formats of format.ts, bound to the page's language and the tenant's zone. */
export function useFormat() {
  const { lang, tenant } = useSurroundings()
  return useMemo(() => {
    const year = () => Number(format.dayOf(Date.now(), tenant.zone).slice(0, 4))
    return {
      lang,
      zone: tenant.zone,
      day: (iso: string) => format.day(iso, lang, year()),
      days: (period: { from: string; to: string }) =>
        period.from === period.to
          ? format.day(period.from, lang, year())
          : `${format.day(period.from, lang, year())}${lang === 'zh' ? '至 ' : ' – '}${format.day(period.to, lang, year())}`,
      moment: (at: number) => format.moment(at, tenant.zone, lang, Date.now()),
      stamp: (at: number) => format.stamp(at, tenant.zone),
      exactMoment: (at: number) => format.exactMoment(at, tenant.zone, lang, Date.now()),
      duration: (ms: number) => format.duration(ms, lang),
      range: (low: number, high: number, unit: format.Unit) => format.range(low, high, unit, lang),
      difference: (value: number, unit: format.Unit) => format.signed(value, unit),
      differenceUnit: (unit: format.Unit) => format.differenceUnit(unit, lang),
      money: (minor: number, currency: string) => format.money(minor, currency, lang),
      moneyText: (minor: number, currency: string) => format.moneyText(minor, currency, lang),
      moneyRange: (low: number, high: number, currency: string) => format.moneyRange(low, high, currency, lang),
      rough: (value: number) => format.roughCount(value, lang),
    }
  }, [lang, tenant.zone])
}

const byId = (list: readonly Named[] | undefined) => new Map(list?.map((one) => [one.id, one]))

function indexOf(catalogue: Catalogue | undefined) {
  return {
    categories: byId(catalogue?.categories),
    cities: byId(catalogue?.cities),
    aspects: byId(catalogue?.aspects),
    scenes: byId(catalogue?.scenes),
    departments: byId(catalogue?.departments),
    outcomes: byId(catalogue?.outcomes),
    factors: byId(catalogue?.factors),
    touchpoints: byId(catalogue?.touchpoints),
    promotions: byId(catalogue?.promotions),
    products: new Map(catalogue?.products.map((one) => [one.id, one])),
    merchants: new Map(catalogue?.merchants.map((one) => [one.id, one])),
  }
}

/** Names for ids in the page's language; an id that nobody named is shown as it is. */
export function useNames() {
  const { lang, tenant } = useSurroundings()
  const { t } = useTranslation()
  const { data: catalogue } = useCatalogueQuery(tenant.id)
  return useMemo(() => {
    const index = indexOf(catalogue)
    // Until the names are there, nobody is shown ids.
    const nameless = (id: string) => (catalogue ? id : '…')
    const named = (map: Map<string, Named>) => (id: string) => map.get(id)?.[lang] || nameless(id)
    const fixed = (table: 'intent' | 'spam') => (id: string) =>
      id in zh[table] ? t(`${table}.${id}` as 'intent.ask') : id
    const valued = (of: keyof Catalogue['values']) => {
      const map = byId(catalogue?.values[of])
      return (id: string) => format.capital(map.get(id)?.[lang] ?? nameless(id))
    }
    return {
      catalogue,
      /** Words that come in both languages, in the page's. */
      said: (words: { zh: string; en: string }) => words[lang],
      category: named(index.categories),
      city: named(index.cities),
      aspect: named(index.aspects),
      scene: named(index.scenes),
      department: named(index.departments),
      outcome: named(index.outcomes),
      factor: named(index.factors),
      touchpoint: named(index.touchpoints),
      promotion: named(index.promotions),
      stageOf: (id: string) => catalogue?.touchpoints.find((one) => one.id === id)?.stage,
      product: (id: string) => index.products.get(id)?.title ?? nameless(id),
      merchant: (id: string) => index.merchants.get(id)?.name ?? nameless(id),
      kind: valued('kind'),
      emotion: valued('emotion'),
      intent: fixed('intent'),
      urgency: valued('urgency'),
      spam: fixed('spam'),
      speaker: valued('speaker'),
      polarity: valued('polarity'),
      indicator: (id: string) => catalogue?.indicators.find((one) => one.id === id),
    }
  }, [catalogue, lang, t])
}
export type Names = ReturnType<typeof useNames>
