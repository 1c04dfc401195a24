/** The verdicts on a target, as the doors name them. */
export { targetVerdicts } from '../../measure/modules/target.ts'
