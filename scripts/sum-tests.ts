import { existsSync, readFileSync } from 'node:fs'

/** What of a report of vitest's json reporter is counted. */
export interface TestReport {
  success: boolean
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[]
}

/**
 * Sums reports of test runs. A test that was skipped counts as failed, and so does a file that could not be
 * loaded, a run without any test, and a run without a report (null): each means that something was not tested.
 */
export function sumReports(reports: (TestReport | null)[]): { passed: number; failed: number } {
  let passed = 0
  let failed = 0
  for (const report of reports) {
    if (report === null) {
      failed++
      continue
    }
    const unloaded = report.testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    ).length
    const bad = report.numFailedTests + report.numPendingTests + report.numTodoTests + unloaded
    passed += report.numPassedTests
    // An unhandled error leaves all tests passed and the run failed.
    failed += bad === 0 && (!report.success || report.numPassedTests === 0) ? 1 : bad
  }
  return { passed, failed }
}

function readReport(file: string): TestReport | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as TestReport) : null
}

if (import.meta.main) {
  const { passed, failed } = sumReports(process.argv.slice(2).map(readReport))
  console.log(`${passed} passed, ${failed} failed`)
  if (failed > 0 || passed === 0) process.exitCode = 1
}
