import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestStores } from '../../test/stores.ts'
import { DEMO, MAIN } from '../core/tenant.ts'
import { openTenancy } from './tenancy.ts'

let stores: Awaited<ReturnType<typeof openTestStores>>

beforeAll(async () => {
  stores = await openTestStores()
})
afterAll(() => stores.remove())

describe('a tenant', () => {
  test('is found while the analytic store is away, so that what comes in can still be acknowledged', async () => {
    const away = { ...stores.analytics, query: () => Promise.reject(new Error('away')) }
    const tenancy = openTenancy({ ...stores, analytics: away })
    expect(await tenancy.find(MAIN)).toMatchObject({ zone: 'Asia/Shanghai', settings: { returnWindowDays: 7 } })
  })

  test('is simulated where it says so, and not for want of data', async () => {
    const tenancy = openTenancy(stores)
    expect([await tenancy.isSimulated(DEMO), await tenancy.isSimulated(MAIN)]).toEqual([true, false])
  })
})
