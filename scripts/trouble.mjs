/** Something that the person who starts us can mend: told in a sentence or two, without a stack. */
export class Trouble extends Error {}
