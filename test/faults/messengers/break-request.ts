import { connect } from 'node:net'

/** Begins a request to an address of this machine, and breaks off in the middle of its body. */
export function breakRequest(address: string | null): void {
  if (address === null) return
  const { hostname, port, pathname } = new URL(address)
  const line = connect(Number(port), hostname, () => {
    const head = [
      'POST',
      pathname,
      'HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\nContent-Length: 900',
    ]
    line.write(`${head.join(' ')}\r\n\r\n{"type":"event_callback","ev`, () => line.destroy())
  })
  line.on('error', () => {})
}
