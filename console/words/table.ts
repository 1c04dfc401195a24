/** The same keys with any text; where Chinese has a plural form `_other`, English has `_one` beside it. */
export type Table<T> = {
  [K in keyof T]: T[K] extends string ? string : Table<T[K]>
} & { [K in keyof T as K extends `${infer Base}_other` ? `${Base}_one` : never]: string }
