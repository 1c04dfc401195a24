import type { Kpi, Module } from './define.ts'
import { fulfilment } from './fulfilment/fulfilment.ts'
import { membership } from './membership/membership.ts'
import { recommendation } from './recommendation/recommendation.ts'
import { support } from './support/support.ts'

/** Every module, in the order in which they are shown. */
export const modules: readonly Module[] = [fulfilment, support, membership, recommendation]

export const findModule = (id: string): Module | undefined => modules.find((module) => module.id === id)

export const findKpi = (module: Module, id: string): Kpi | undefined => module.kpis.find((kpi) => kpi.id === id)

/** The module to which a touchpoint belongs. */
export const moduleAt = (touchpoint: string): Module | undefined =>
  modules.find((module) => module.touchpoints.includes(touchpoint))
