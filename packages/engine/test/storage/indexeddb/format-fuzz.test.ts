import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DataSyncError } from '../../../src/errors.ts'
import { mount, openWal, vfs } from '../sqlite-fixture.ts'
import { extent } from '../../support/extent.ts'
import { type Image, imageOf, restore } from './indexeddb-image.ts'
import { afterWriteOf } from './after-write-of.ts'
import { openStoredFiles } from './open-stored-files.ts'
import { contentOf } from './run-workload.ts'
import { useFakeIndexedDb } from './use-fake-indexeddb.ts'

useFakeIndexedDb()

const limits = { largeCommit: 100_000, part: 40_000 }

type Damage =
  /** `bit` says which field of a record too, if it has several. */
  | { readonly kind: 'flip'; readonly bit: number }
  | { readonly kind: 'cut'; readonly bit: number; readonly share: number }
  | { readonly kind: 'drop' }
  | { readonly kind: 'swap'; readonly other: number }
  | { readonly kind: 'replace'; readonly by: unknown }

interface Stroke {
  /** Which of all records, counted round. */
  readonly record: number
  readonly damage: Damage
}

const NOTHINGS: readonly unknown[] = [
  null,
  0,
  '',
  'text',
  true,
  {},
  [],
  [[0, 'text']],
  [[0]],
  [[0, new Uint8Array(0)]],
  { text: 'x', digest: 1 },
  { text: '{}', digest: '' },
  new Uint8Array(0),
  new Uint8Array(40_000),
  new ArrayBuffer(8),
  new Date(0),
]

const anyStroke: fc.Arbitrary<Stroke> = fc.record({
  record: fc.nat(10_000),
  damage: fc.oneof(
    fc.record({ kind: fc.constant('flip' as const), bit: fc.nat(10_000_000) }),
    fc.record({
      kind: fc.constant('cut' as const),
      bit: fc.nat(10_000_000),
      share: fc.double({ min: 0, max: 0.999, noNaN: true }),
    }),
    fc.record({ kind: fc.constant('drop' as const) }),
    fc.record({ kind: fc.constant('swap' as const), other: fc.nat(10_000) }),
    fc.record({ kind: fc.constant('replace' as const), by: fc.constantFrom(...NOTHINGS) }),
  ),
})

type Records = { readonly store: string; readonly key: IDBValidKey; value: unknown }[]

function recordsOf(image: Image): Records {
  return [...image].flatMap(([store, records]) => records.map(([key, value]) => ({ store, key, value })))
}

function imageFrom(records: Records): Image {
  const image = new Map<string, [IDBValidKey, unknown][]>()
  for (const { store, key, value } of records) {
    image.set(store, [...(image.get(store) ?? []), [key, value]])
  }
  return image
}

/** The image with one record damaged. Records are swapped within their store. */
function damaged(image: Image, { record, damage }: Stroke): Image {
  const records = recordsOf(structuredClone(image))
  const struck = records[record % records.length]
  if (struck === undefined) return image
  if (damage.kind === 'drop') return imageFrom(records.filter((other) => other !== struck))
  if (damage.kind === 'swap') {
    const others = records.filter(({ store }) => store === struck.store)
    const other = others[damage.other % others.length]
    if (other !== undefined) [struck.value, other.value] = [other.value, struck.value]
  } else struck.value = damage.kind === 'replace' ? damage.by : altered(struck.value, damage)
  return imageFrom(records)
}

function altered(value: unknown, damage: Extract<Damage, { readonly bit: number }>): unknown {
  if (value instanceof Uint8Array) {
    if (damage.kind === 'cut') return value.slice(0, Math.floor(value.length * damage.share))
    const copy = value.slice()
    const at = Math.floor(damage.bit / 8) % copy.length
    copy[at] = (copy[at] ?? 0) ^ (1 << (damage.bit % 8))
    return copy
  }
  if (typeof value === 'string') {
    const bytes = altered(new TextEncoder().encode(value), damage)
    return new TextDecoder().decode(bytes as Uint8Array)
  }
  if (typeof value === 'number') return value ^ (1 << (damage.bit % 20))
  if (Array.isArray(value)) {
    const at = damage.bit % value.length
    return value.map((item, index) => (index === at ? altered(item, damage) : item) as unknown)
  }
  const entries = Object.entries(value as object)
  const at = damage.bit % entries.length
  return Object.fromEntries(
    entries.map(([key, item], index) => [key, index === at ? altered(item, damage) : (item as unknown)]),
  )
}

/** What opening an image and reading all of it comes to. */
async function outcomeOf(name: string, image: Image): Promise<string | DataSyncError> {
  await restore(name, image)
  try {
    const files = await openStoredFiles(name, { limits })
    // Loaded as a bridge does that does not keep all of it.
    await files.main.load?.(0, files.main.size())
    return contentOf(files)
  } catch (error) {
    expect(error).toBeInstanceOf(DataSyncError)
    return error as DataSyncError
  }
}

/** An image at rest, one with a commit that was declared and not moved yet, and what both are to show. */
async function makeImages(): Promise<readonly (readonly [Image, string])[]> {
  const files = await openStoredFiles('original', { limits })
  const path = mount(files)
  const database = openWal(path)
  database.exec('create table item (id integer primary key, text)')
  const fill = (rows: number): void => {
    database.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})
      insert into item (text) select printf('%0900d', i) from n`)
  }
  fill(50)
  await files.flush()
  fill(10)
  await files.flush()
  const atRest = await imageOf('original')
  let underWay: Image | undefined
  let taking: Promise<void> | undefined
  afterWriteOf('log', 'add', () => {
    taking = imageOf('original').then((image) => void (underWay = image))
  })
  fill(200)
  await files.flush()
  await taking
  database.close()
  vfs.unmount(path)
  if (underWay === undefined) throw new Error('no commit was stored in parts')
  const contents = await Promise.all(
    [atRest, underWay].map(async (image, index) => {
      await restore(`whole ${index}`, image)
      return contentOf(await openStoredFiles(`whole ${index}`, { limits }))
    }),
  )
  expect(underWay.get('staged')?.length).toBeGreaterThan(2)
  return [atRest, underWay].map((image, index) => [image, contents[index] ?? ''] as const)
}

test('whatever record is damaged, what is read is right or refused as corrupt', async () => {
  const images = await makeImages()
  let names = 0
  const codes = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...images), anyStroke, async ([image, content], stroke) => {
      const outcome = await outcomeOf(`damaged ${++names}`, damaged(image, stroke))
      if (outcome instanceof DataSyncError) expect(outcome.code).toBe('corrupt')
      else expect(outcome === content, 'the rows are those that were written').toBe(true)
      const code = outcome instanceof DataSyncError ? outcome.code : 'ok'
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }),
    extent(600, { normal: 6, long: 120 }),
  )
  expect(codes.get('corrupt')).toBeGreaterThan(50)
}, 300_000)
