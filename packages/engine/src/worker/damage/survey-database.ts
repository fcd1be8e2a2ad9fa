import type { PageOwner } from '../../link/damage-report.ts'
import { readHeader } from './database-header.ts'
import { PageFault, type PageSource } from './page-source.ts'
import { readSchema, type SchemaEntry } from './read-schema.ts'
import type { SlicedTask } from './sliced-task.ts'
import { Survey, type Tree } from './survey.ts'
import { walkFreeList } from './walk-free-list.ts'
import { walkTree } from './walk-tree.ts'

export interface SurveyedDatabase {
  readonly survey: Survey
  readonly schemaTree: Tree
  readonly entries: readonly SchemaEntry[]
}

/** The schema of a database and, if asked for, all its trees; a fault if its first page cannot be read. */
export function* surveyDatabase(
  source: PageSource,
  extent: 'all' | 'schema',
): SlicedTask<SurveyedDatabase | PageFault> {
  const first = yield* source.read(1)
  if (first instanceof PageFault) return first
  const header = readHeader(first)
  if (header === undefined) return new PageFault('it does not begin as a database')
  const survey = new Survey(source, header)
  const schemaTree = survey.addTree({ kind: 'schema' }, 1)
  yield* walkTree(survey, schemaTree)
  const entries = yield* readSchema(survey, schemaTree)
  if (extent === 'schema') return { survey, schemaTree, entries }
  yield* walkAll(survey, entries)
  yield* walkFreeList(survey)
  return { survey, schemaTree, entries }
}

/**
 * Tables come first, whatever was made first: a page of an index that is not what it was last can lead to
 * pages of others, and what an index has follows from its table. For the same reason each index has its root
 * before any is walked.
 */
function* walkAll(survey: Survey, entries: readonly SchemaEntry[]): SlicedTask<void> {
  const rooted = entries.filter(({ root }) => root > 0)
  for (const entry of rooted) {
    if (entry.type !== 'index') yield* walkTree(survey, survey.addTree(ownerOf(entry), entry.root))
  }
  const indexes = rooted
    .filter(({ type }) => type === 'index')
    .map((entry) => survey.addTree(ownerOf(entry), entry.root))
  for (const index of indexes) survey.claim(index.root, index)
  for (const index of indexes) yield* walkTree(survey, index)
}

function ownerOf({ type, name, table }: SchemaEntry): PageOwner {
  return type === 'index' ? { kind: 'index', name, table } : { kind: 'table', name }
}
