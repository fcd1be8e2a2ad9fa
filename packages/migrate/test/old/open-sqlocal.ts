import { SQLocal } from 'sqlocal'
import type { OldLibrary } from './old-library.ts'

/** sqlocal with its defaults, in files of the origin. */
export async function openSqlocal(path: string): Promise<OldLibrary> {
  const { sql, getDatabaseInfo, destroy } = new SQLocal(path)
  const { storageType } = await getDatabaseInfo()
  if (storageType !== 'opfs') throw new Error(`opened in ${storageType}, which was not asked for`)
  return {
    exec: async (script) => {
      for (const statement of script.split(';')) if (statement.trim() !== '') await sql(statement)
    },
    query: async (statement) => (await sql(statement)).map((row) => Object.values(row)),
    close: () => destroy(),
  }
}
