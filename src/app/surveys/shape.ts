/** The shapes that the doors check what they are given with. */
export { surveyDefinition } from '../../listen/surveys/definition.ts'
export { invitationRule } from '../../listen/surveys/invitations.ts'
