/** Another process holds the lock (SQLITE_BUSY with all its extended codes) or this statement's table. */
export function isTransient(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'SQLITE_BUSY' || error.code === 'SQLITE_LOCKED')
  )
}

const rollingBack = ['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_NOMEM', 'SQLITE_INTERRUPT']

/** After these SQLite may have rolled back the whole transaction by itself (sqlite.org/lang_transaction.html). */
export function mayRollBack(error: unknown): boolean {
  return error instanceof Error && 'code' in error && rollingBack.includes(String(error.code))
}

/** There is no code of its own for it. */
export function isWithoutTransaction(error: unknown): boolean {
  return error instanceof Error && error.message.includes('no transaction is active')
}

const unreachable = [
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
  'SQLITE_NOTADB',
  'SQLITE_PERM',
  'EACCES',
  'EROFS',
  'EEXIST',
  'ENOTDIR',
]

/** The file or its folder cannot be opened: missing rights, a full or read-only disk. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && unreachable.includes(String(error.code))
}
