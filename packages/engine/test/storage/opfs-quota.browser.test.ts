import { afterEach, beforeEach, expect, test } from 'vitest'
import { setRoom } from '../support/set-room.ts'
import { OpfsClient } from './opfs-client.ts'

const MIB = 2 ** 20
const GIB = 2 ** 30
let client: OpfsClient

beforeEach(() => {
  client = new OpfsClient()
})

afterEach(async () => {
  client.terminate()
  await setRoom(undefined)
})

test('where the room is out, the write says so, nothing is lost, and writing goes on once there is room', async () => {
  const name = `quota-${Date.now()}`
  await client.call('openDatabase', name)
  await setRoom(3 * MIB)
  const insert = (n: number): Promise<boolean> =>
    client.call('exec', `begin; insert into item values (${n}, hex(zeroblob(100000))); commit`)

  let written = 0
  let failure: unknown
  for (;;) {
    failure = await insert(written + 1).then(
      () => undefined,
      (error: unknown) => error,
    )
    if (failure !== undefined) break
    written++
  }
  expect(failure).toMatchObject({ code: 'quota-exceeded', cause: 'QuotaExceededError' })
  expect(written).toBeGreaterThan(3)
  await client.call('exec', 'rollback').catch(() => undefined)
  expect(await client.call('select', 'select count(*) from item')).toEqual([written])
  await expect(insert(written + 1)).rejects.toMatchObject({ code: 'quota-exceeded' })
  await client.call('exec', 'rollback').catch(() => undefined)

  await setRoom(undefined)
  await insert(written + 1)
  expect(await client.call('select', 'select count(*) from item')).toEqual([written + 1])
  expect(await client.call('select', 'pragma integrity_check')).toEqual(['ok'])
  await client.call('closeDatabase', name)
})

test.each([2, 4])('offsets past %d GiB are not cut short', async (gib) => {
  // The file is a hole; only the browser's own account counts its whole length.
  await setRoom(10 * GIB)
  const offset = gib * GIB + 5
  const name = `far-out-${Date.now()}`
  const read = await client.call('writeFarOut', name, offset)
  expect(read).toEqual([offset + 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  await client.call('delete', name)
})
