/** What the doors check with: dimensions, and the shape of a tenant's own indicator. */
export { dimensions } from '../../measure/indicators/define.ts'
export { ownDefinition, ownTables } from '../../measure/indicators/own/definition.ts'
