import { useQuery } from '@datasync/react'
import { useReadable } from '../common/use-readable.ts'
import { importState, type ImportState } from './import-state.ts'
import { importProgress } from './import-statements.ts'
import { importer } from './importer.ts'

export function useImport(): ImportState {
  return importState(useQuery(importProgress()).data?.[0], useReadable(importer.activity))
}
