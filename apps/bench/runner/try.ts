import { writeFile } from 'node:fs/promises'
import { Figures } from './side-by-side/figures.ts'
import { lookAround, measureInTurns } from './side-by-side/run-side-by-side.ts'
import { QUICK } from '../src/side-by-side/scale.ts'
const names = process.argv[2] ?? ''
const { contenders } = await lookAround(QUICK)
const figures = new Figures()
await measureInTurns(
  contenders.filter(({ name }) => names === '' || names.split('|').includes(name)),
  QUICK,
  figures,
)
await writeFile('/tmp/try.json', JSON.stringify(figures.all(), undefined, 1))
for (const f of figures.all())
  console.log(
    f.contender.padEnd(34),
    f.workload.padEnd(18),
    'notRun' in f ? 'NOT RUN ' + f.notRun : f.median.toFixed(3),
  )
