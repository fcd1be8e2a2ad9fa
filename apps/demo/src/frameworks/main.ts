import { importer } from '../import/importer.ts'
import '../styles/tokens.css'
import '../styles/base.css'
import './page.css'
import './pane.css'
import { findElement } from './find-element.ts'
import { FRAMEWORKS, type Framework } from './frameworks.ts'
import { NOT_LOADED } from './pane-words.ts'
import { showImport } from './show-import.ts'
import { timeChanges } from './time-changes.ts'

const panes = findElement('#panes')
const template = document.querySelector<HTMLTemplateElement>('#pane')

showImport(findElement('#total'), findElement('#resume'))
timeChanges(panes, findElement('#latency'))
importer.follow()
await Promise.all(FRAMEWORKS.map(openPane))

/** Everything but the body of a pane is the page's own. */
async function openPane({ name, title, version, mark, code, load }: Framework): Promise<void> {
  const pane = document.importNode(template?.content ?? new DocumentFragment(), true)
  const region = findElement('.pane', pane)
  region.dataset['framework'] = name
  region.ariaLabel = title
  findElement('.pane-title', pane).textContent = title
  findElement('.pane-version', pane).textContent = version
  findElement('.pane-mark path', pane).setAttribute('d', mark)
  findElement('.pane-code code', pane).textContent = code
  const body = findElement('.pane-body', pane)
  panes.append(pane)
  try {
    const { mount } = await load()
    await mount(body)
  } catch (error) {
    const message = document.createElement('p')
    message.className = 'pane-message'
    message.role = 'alert'
    message.textContent = NOT_LOADED
    body.replaceChildren(message)
    reportError(error)
  }
}
