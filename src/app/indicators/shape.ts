/** The shape that the doors check a tenant's own indicator with. */
export { ownDefinition } from '../../measure/indicators/own/definition.ts'
