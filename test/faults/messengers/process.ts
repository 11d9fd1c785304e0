/**
 * A messenger's house in a process of its own. Argument: `MessengerHouseOptions` as JSON. It ends itself at the step
 * that it is told by message, and says where it is reached.
 */
import { type MessengerHouseOptions, openMessengerHouse } from './house.ts'

let armed: string | null = null

function at(step: string): void {
  if (step !== armed) return
  process.kill(process.pid, 'SIGKILL')
  // Nothing more is done until the signal has come.
  for (;;);
}

process.on('message', (step: string) => {
  armed = step
})
// The test's end is the house's.
process.on('disconnect', () => process.exit(1))

const options = JSON.parse(process.argv[2]!) as MessengerHouseOptions
const house = await openMessengerHouse(options, {
  at,
  clock: () => new Date(),
  logged: (message) => console.error(message),
})
process.on('SIGTERM', async () => {
  await house.stop()
  process.exit(0)
})
process.send!({ address: house.address })
