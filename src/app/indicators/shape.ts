/** The shape that the doors check a tenant's own indicator with. */
export { ownDefinition, ownTables } from '../../measure/indicators/own/definition.ts'
