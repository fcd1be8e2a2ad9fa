import type { FrameworkName } from './renderings.ts'

export interface Framework {
  readonly name: FrameworkName
  readonly title: string
  readonly version: string
  /** A drawing in a square of 24. */
  readonly mark: string
  /** How its pane asks for the rows. */
  readonly code: string
  readonly load: () => Promise<{ readonly mount: (element: HTMLElement) => void | Promise<void> }>
}

export const FRAMEWORKS: readonly Framework[] = [
  {
    name: 'react',
    title: 'React',
    version: '19.3',
    mark: 'M12 8c5 0 9 1.8 9 4s-4 4-9 4-9-1.8-9-4 4-4 9-4ZM8.5 10c2.5-4.3 6-6.9 8-5.8s1.3 5.5-1.2 9.8-6 6.9-8 5.8-1.3-5.5 1.2-9.8ZM8.5 14C6 9.7 5.5 5.3 7.5 4.2s5.5 1.5 8 5.8 3 8.7 1 9.8-5.5-1.5-8-5.8ZM12 12h.01',
    code: 'useQuery(placesLike(search))',
    load: () => import('./react/mount.tsx'),
  },
  {
    name: 'vue',
    title: 'Vue',
    version: '3.5',
    mark: 'M3 4.5 12 20l9-15.5M7.5 4.5 12 12.2l4.5-7.7',
    code: 'useQuery(() => placesLike(search.value))',
    load: () => import('./vue/mount.ts'),
  },
  {
    name: 'svelte',
    title: 'Svelte',
    version: '5.57',
    mark: 'M18 6.5a5 5 0 0 0-7-1.7L7 7.4a4.5 4.5 0 0 0-1 6.6l9-5.2M6 17.5a5 5 0 0 0 7 1.7l4-2.6a4.5 4.5 0 0 0 1-6.6l-9 5.2',
    code: 'createQuery(() => placesLike(search))',
    load: () => import('./svelte/mount.ts'),
  },
  {
    name: 'angular',
    title: 'Angular',
    version: '22.2',
    mark: 'M12 3l8 3-1.2 10.5L12 20.5l-6.8-4L4 6ZM8.5 15.5 12 7.5l3.5 8M9.8 12.8h4.4',
    code: 'injectQuery(() => placesLike(this.search()))',
    load: () => import('./angular/mount.ts'),
  },
]
