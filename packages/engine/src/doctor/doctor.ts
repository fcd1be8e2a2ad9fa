// What is needed only where something is wrong, or asked for: one file, which the page loads then.
export { examineDatabase } from './examine-database.ts'
export { examineWorker } from './examine-worker.ts'
