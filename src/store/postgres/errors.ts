/**
 * Serialization failure and deadlock: PostgreSQL rolled back one of two, which may simply try again. So may one that
 * stood still for too long (25P03).
 */
const conflicts = ['40001', '40P01', '25P03']

/** No connection (class 08), no such host or port, wrong password or database, server starting or stopping. */
const unreachable = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  '28P01',
  '28000',
  '3D000',
]

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

export function isTransient(error: unknown): boolean {
  return conflicts.includes(codeOf(error))
}

export function isUnreachable(error: unknown): boolean {
  const code = codeOf(error)
  return unreachable.includes(code) || code.startsWith('08') || code.startsWith('57P')
}
