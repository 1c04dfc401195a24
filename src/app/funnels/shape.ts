/** The shape that the doors check a funnel with. */
export { funnelDefinition } from '../../measure/funnels/definition.ts'
