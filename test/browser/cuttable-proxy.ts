import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line between browser and server that can be cut in the middle of an answer. */
export interface CuttableProxy {
  address: string
  /** Breaks every connection that is open now; new ones work. */
  cut(): void
  /** While it is down no connection is made, and none is open. */
  setDown(isDown: boolean): void
  close(): Promise<void>
}

export async function createCuttableProxy(target: string): Promise<CuttableProxy> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let down = false
  const server = createServer((near) => {
    if (down) {
      near.on('error', () => {})
      near.destroy()
      return
    }
    const far = connect(Number(port), hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    setDown(isDown) {
      down = isDown
      if (isDown) cut()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        cut()
      }),
  }
}
