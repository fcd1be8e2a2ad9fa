/** An element that index.html has. */
export function findElement(selector: string, root: ParentNode = document): HTMLElement {
  const element = root.querySelector<HTMLElement>(selector)
  if (element === null) throw new Error(`index.html has lost ${selector}.`)
  return element
}
