import type { Finding } from './finding.ts'
import type { DoctorResult } from './run-doctor.ts'

/** For people. */
export function printText({ findings, fixed }: DoctorResult): string {
  const lines = [
    ...fixed.map(({ code, sentence }) => `fixed    ${code}: ${sentence}`),
    ...findings.map(
      ({ severity, code, sentence, remedy }) =>
        `${severity.padEnd(8)} ${code}: ${sentence}\n         ${remedy}`,
    ),
  ]
  return `${lines.length === 0 ? 'Nothing is wrong here. In a page, db.doctor() looks further.' : lines.join('\n\n')}\n`
}

/** For programs. */
export function printJson({ findings, fixed }: DoctorResult): string {
  return `${JSON.stringify({ findings: findings.map(plain), fixed: fixed.map(plain) }, null, 2)}\n`
}

function plain({ code, severity, sentence, remedy, fix }: Finding): object {
  return { code, severity, sentence, remedy, isFixable: fix !== undefined }
}
