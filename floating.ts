import ts from '/tmp/jspi/node_modules/.pnpm/typescript@6.0.3/node_modules/typescript/lib/typescript.js'
import { readFileSync } from 'node:fs'
const config = ts.parseJsonConfigFileContent(JSON.parse(readFileSync('packages/engine/tsconfig.json','utf8').replace(/^\s*\/\/.*$/gm,'')), ts.sys, 'packages/engine')
const program = ts.createProgram(config.fileNames, config.options)
const checker = program.getTypeChecker()
for (const file of program.getSourceFiles()) {
  if (!file.fileName.includes('src/worker')) continue
  const visit = (n: ts.Node): void => {
    if (ts.isExpressionStatement(n) || (ts.isVoidExpression(n))) {
      const t = checker.typeToString(checker.getTypeAtLocation(n.expression))
      if (/Task|Generator/.test(t)) report(n, t)
    }
    // used as a condition or spread or compared
    if (ts.isCallExpression(n)) {
      const t = checker.typeToString(checker.getTypeAtLocation(n))
      if (/^(Task|Generator)/.test(t)) {
        const p = n.parent
        const ok = (ts.isYieldExpression(p) && p.asteriskToken) || ts.isReturnStatement(p) || (ts.isArrowFunction(p)) || (ts.isCallExpression(p) && p.arguments.includes(n as ts.Expression)) || ts.isParenthesizedExpression(p)
        if (!ok) report(n, t)
      }
    }
    ts.forEachChild(n, visit)
  }
  const report = (n: ts.Node, t: string) => { const {line}=file.getLineAndCharacterOfPosition(n.getStart()); console.log(`${file.fileName.split('worker/')[1]}:${line+1}: ${n.getText().slice(0,80).replaceAll('\n',' ')} :: ${t}`) }
  visit(file)
}
