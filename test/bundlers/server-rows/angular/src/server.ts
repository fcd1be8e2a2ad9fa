import {
  AngularNodeAppEngine,
  createNodeRequestHandler,
  isMainModule,
  writeResponseToNodeResponse,
} from '@angular/ssr/node'
import express from 'express'
import { join } from 'node:path'

const app = express()
const angularApp = new AngularNodeAppEngine()

app.use(express.static(join(import.meta.dirname, '../browser'), { index: false, redirect: false }))
// oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 passes on what is rejected
app.use(async (request, response, next) => {
  const answer = await angularApp.handle(request)
  if (answer === null) next()
  else await writeResponseToNodeResponse(answer, response)
})
if (isMainModule(import.meta.url)) app.listen(Number(process.env['PORT']))

export const reqHandler = createNodeRequestHandler(app)
