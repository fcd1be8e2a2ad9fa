import { DatabaseProvider, useQuery } from '@datasync/react'
import { useEffect, useState, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { ITEMS, type Item, type ListFramework, type Rendered } from '../list-framework.ts'

export const reactList: ListFramework = {
  name: 'React',
  mountLive(element, database, rendered) {
    const root = createRoot(element)
    root.render(
      <DatabaseProvider database={database}>
        <LiveList rendered={rendered} />
      </DatabaseProvider>,
    )
    return () => root.unmount()
  },
  mountPlain(element, initial) {
    const root = createRoot(element)
    let show: ((items: readonly Item[]) => void) | undefined
    function Plain(): ReactNode {
      const [items, setItems] = useState(initial)
      useEffect(() => {
        show = setItems
      }, [])
      return <List items={items} />
    }
    root.render(<Plain />)
    return { show: (items) => show?.(items), unmount: () => root.unmount() }
  },
}

function LiveList({ rendered }: { readonly rendered: Rendered }): ReactNode {
  const { data = [] } = useQuery<Item>(ITEMS)
  useEffect(rendered)
  return <List items={data} />
}

function List({ items }: { readonly items: readonly Item[] }): ReactNode {
  return (
    <ul>
      {items.map((item) => (
        <li key={item.id}>{item.name}</li>
      ))}
    </ul>
  )
}
