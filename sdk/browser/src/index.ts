export { createDaystar } from './daystar.ts'
