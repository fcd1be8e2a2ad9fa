import type { Plugin } from 'vite'
import { createPlaceFiles } from './place-files.ts'
import type { PlaceFile, PlaceFiles } from './place-files.ts'

const MODULE_ID = 'virtual:places'
const RESOLVED_ID = `\0${MODULE_ID}`

/** Serves, and adds to the build, the files of places, and lists them as the module `virtual:places`. */
export function placesPlugin(): Plugin {
  let files: PlaceFiles | undefined
  let base = '/'
  const getFiles = (): PlaceFiles => (files ??= createPlaceFiles())

  return {
    name: 'places',
    configResolved(config) {
      base = config.base
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const fileName = request.url?.startsWith(base) ? request.url.slice(base.length) : undefined
        const file = fileName?.startsWith('places/') ? findFile(getFiles(), fileName) : undefined
        if (file === undefined) return next()
        response.setHeader('content-type', 'application/json').end(file.content)
      })
    },
    resolveId(id) {
      return id === MODULE_ID ? RESOLVED_ID : undefined
    },
    load(id) {
      if (id !== RESOLVED_ID) return undefined
      const { total, areas, places } = getFiles()
      const toEntry = (file: PlaceFile) => ({ url: base + file.fileName, lastId: file.lastId })
      return [
        `export const PLACE_TOTAL = ${total}`,
        `export const AREAS_URL = ${JSON.stringify(base + areas.fileName)}`,
        `export const PLACE_FILES = ${JSON.stringify(places.map(toEntry))}`,
      ].join('\n')
    },
    generateBundle() {
      const { areas, places } = getFiles()
      for (const { fileName, content } of [areas, ...places]) {
        this.emitFile({ type: 'asset', fileName, source: content })
      }
    },
  }
}

function findFile({ areas, places }: PlaceFiles, fileName: string): PlaceFile | undefined {
  return [areas, ...places].find((file) => file.fileName === fileName)
}
