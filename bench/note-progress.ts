/** Says what was measured so far, on the other channel, so that the tables can be redirected to a file. */
export function noteProgress(what: object): void {
  const short = (_key: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toFixed(2)) : value
  process.stderr.write(`${JSON.stringify(what, short)}\n`)
}
