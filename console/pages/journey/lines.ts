import type { Journey, JourneyFigure } from '../../../src/http/shapes.ts'

/** A figure whose records are shown: of a touchpoint, or (`stage`) of a stage. */
export interface Behind {
  id: string
  of: 'sentiment' | 'nps' | 'csat' | 'ces' | 'into' | 'exits' | 'friction' | 'stage'
}

/** A figure of the map. `from` is where a way into a touchpoint begins. */
export interface Line extends Behind {
  stage: Journey['stages'][number]['stage']
  unit: 'share' | 'net' | 'points'
  figure: JourneyFigure
  measure?: Journey['stages'][number]['measure']
  from?: string
}

/** Every figure of the map, in the order in which a table shows them. */
export const linesOf = (of: Journey): Line[] => [
  ...of.stages.map(
    ({ stage, measure, figure }): Line => ({ id: stage, of: 'stage', stage, unit: 'share', figure, measure }),
  ),
  ...of.touchpoints.flatMap((one): Line[] => {
    const { id, stage } = one
    const line = (figure: Line['of'], unit: Line['unit'], told: JourneyFigure): Line => ({
      ...{ id, of: figure, stage, unit },
      figure: told,
    })
    return [
      line('sentiment', 'net', one.sentiment),
      line('nps', 'points', one.nps),
      line('csat', 'share', one.csat),
      line('ces', 'share', one.ces),
      ...one.into.map(({ from, figure }) => ({ ...line('into', 'share', figure), from })),
      line('friction', 'share', one.friction.figure),
      line('exits', 'share', one.exits),
    ]
  }),
]
