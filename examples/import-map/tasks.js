import { createDatabase } from '@datasync/engine'

const database = createDatabase('tasks', {
  migrations: [
    'create table task (id integer primary key, title text not null, done integer not null default 0)',
  ],
})

const form = document.querySelector('form')
form.addEventListener('submit', (event) => {
  event.preventDefault()
  void database.run('insert into task (title) values (?)', [form.elements.title.value])
  form.reset()
})

const list = document.querySelector('ul')
const tasks = database.observe('select id, title, done from task order by id')
tasks.subscribe(() => {
  const { data = [], error } = tasks.getSnapshot()
  list.replaceChildren(...data.map(toItem), ...(error ? [error.message] : []))
})

function toItem({ id, title, done }) {
  const item = document.createElement('li')
  const label = document.createElement('label')
  const box = document.createElement('input')
  box.type = 'checkbox'
  box.checked = done === 1
  box.addEventListener('change', () => database.run('update task set done = not done where id = ?', [id]))
  label.append(box, ` ${title}`)
  item.append(label)
  return item
}
