import { createDatabase } from '@datasync/engine'

export const db = createDatabase('shop', {
  migrations: [
    'create table todo (id integer primary key, title text not null)',
    "insert into todo (title) values ('bread')",
  ],
})
