import { expect, test } from 'vitest'
import { sumReports, type TestReport } from '../../scripts/sum-tests.ts'

function report(counts: Partial<TestReport>): TestReport {
  const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }
  return { success: true, ...none, ...counts }
}

const good = report({ numPassedTests: 3 })

test('runs are summed', () => {
  expect(sumReports([good, report({ numPassedTests: 2 })])).toEqual({ passed: 5, failed: 0 })
})

test.each([
  [
    'a failed test',
    report({ success: false, numPassedTests: 1, numFailedTests: 2 }),
    { passed: 4, failed: 2 },
  ],
  [
    'a skipped and a planned test',
    report({ numPassedTests: 1, numPendingTests: 1, numTodoTests: 1 }),
    { passed: 4, failed: 2 },
  ],
  ['an error outside of all tests', report({ success: false, numPassedTests: 1 }), { passed: 4, failed: 1 }],
  ['a run without tests', report({}), { passed: 3, failed: 1 }],
  ['a run that left no report', null, { passed: 3, failed: 1 }],
  [
    'a file that could not be loaded',
    report({
      success: false,
      numPassedTests: 1,
      testResults: [
        { name: 'broken.test.ts', status: 'failed', assertionResults: [] },
        { name: 'whole.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    }),
    { passed: 4, failed: 1 },
  ],
])('%s counts as failed', (_, other, sum) => {
  expect(sumReports([good, other])).toEqual(sum)
})
