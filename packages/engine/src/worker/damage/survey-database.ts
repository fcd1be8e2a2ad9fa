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
  for (const entry of entries) {
    if (entry.root > 0) yield* walkTree(survey, survey.addTree(ownerOf(entry), entry.root))
  }
  yield* walkFreeList(survey)
  return { survey, schemaTree, entries }
}

function ownerOf({ type, name, table }: SchemaEntry): PageOwner {
  return type === 'index' ? { kind: 'index', name, table } : { kind: 'table', name }
}
