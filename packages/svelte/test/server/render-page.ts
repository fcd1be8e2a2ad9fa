import { createDatabase } from '@datasync/engine'
import { createTestDatabase } from '@datasync/engine/testing'
import type { ComponentProps } from 'svelte'
import { render } from 'svelte/server'
import Page from '../components/page.svelte'
import { provided } from '../support/provided.ts'
import Provider from '../support/provider.svelte'

type PageProps = ComponentProps<typeof Page>

/** The markup of the page for a database that was not asked for anything, and its phase afterwards. */
export async function renderOnServer(props: PageProps): Promise<string> {
  const db = createDatabase(`server-${crypto.randomUUID()}`)
  const { body } = await render(Provider, { props: provided(db, Page, { ...props }) })
  if (db.status.getSnapshot().phase !== 'idle') throw new Error('Rendering has opened the database.')
  await db.close()
  return body
}

/** The same for a database that is open, with the rows at hand. */
export async function renderWithRows(): Promise<string> {
  const db = createTestDatabase({
    migrations: ["create table todo (title text); insert into todo values ('milk')"],
  })
  await db.observe('select title from todo').load()
  const { body } = await render(Provider, { props: provided(db, Page, {}) })
  await db.close()
  return body
}
