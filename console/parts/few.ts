/** Below this many a cell is hatched and reads 少. */
export const FEW = 30
