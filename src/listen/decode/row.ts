/** A row of a table, as it stands in the file. */
export interface TableRow {
  /** Where it begins, 1-based. */
  line: number
  cells: string[]
}
