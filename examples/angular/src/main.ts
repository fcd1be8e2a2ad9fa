import { bootstrapApplication } from '@angular/platform-browser'
import { provideDatabase } from '@datasync/angular'
import { createDatabase } from '@datasync/engine'
import { App } from './app'

bootstrapApplication(App, {
  providers: [
    provideDatabase(() =>
      createDatabase('tasks', {
        migrations: [
          'create table task (id integer primary key, title text not null, done integer not null default 0)',
        ],
      }),
    ),
  ],
}).catch((error: unknown) => console.error(error))
