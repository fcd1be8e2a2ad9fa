import type { Answer } from './pending-request.ts'
import { fromErrorRecord } from './error-record.ts'

/** What was answered, or the error. Made where it is awaited, so that its stack shows who called. */
export function valueOf<Value>(answer: Answer<Value>): Value {
  if (answer.ok) return answer.value
  throw fromErrorRecord(answer.error, answer.cause)
}
