import { validSearch } from '../../api/search.ts'
import { useAsking } from '../../shell/Go.tsx'
import { useAddress } from '../../shell/surroundings.tsx'

/** Whose records are shown stands in the address, so that a reload, Back and a shared link keep them. */
export function useRecords(): [shown: string | undefined, show: (of: string | undefined) => void] {
  const ask = useAsking()
  const { records } = useAddress()
  const show = (of: string | undefined) =>
    ask((search) => validSearch({ ...search, records: of }), { replace: of === undefined })
  return [records, show]
}
