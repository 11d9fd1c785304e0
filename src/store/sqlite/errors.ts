/** Another process holds the lock (SQLITE_BUSY with all its extended codes) or this statement's table. */
export function isTransient(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'SQLITE_BUSY' || error.code === 'SQLITE_LOCKED')
  )
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
