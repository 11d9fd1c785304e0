/** Rows that one statement takes: SQLite binds at most 32,766 values, and rows of 60 columns are the widest there are. */
const mostRows = 500

/** Parts a list into pieces that one statement takes on both databases. */
export function inPieces<T>(all: readonly T[], most = mostRows): T[][] {
  const pieces: T[][] = []
  for (let at = 0; at < all.length; at += most) pieces.push(all.slice(at, at + most))
  return pieces
}
