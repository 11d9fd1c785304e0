/**
 * A process of its own, as the command line beside a running server. Arguments: what to do, and the location
 * of the store as JSON. Says `ready` when it got there.
 */
import { openStore, type StoreLocation, type Trx } from '../../src/store/store.ts'

const [task, place, times = '0'] = process.argv.slice(2)
const store = await openStore(JSON.parse(place!) as StoreLocation)

const addOne = async (trx: Trx) => {
  const { revision } = await trx.selectFrom('library_state').select('revision').executeTakeFirstOrThrow()
  await trx
    .updateTable('library_state')
    .set({ revision: revision + 1 })
    .execute()
}

switch (task) {
  case 'open':
    break
  case 'count':
    console.log('ready')
    for (let time = 0; time < Number(times); time++) await store.transaction(addOne)
    break
  case 'stop-half-way':
    await store.transaction(async (trx) => {
      await addOne(trx)
      console.log('ready')
      // Holds on until it is killed; the timer only keeps the process alive.
      await new Promise((resolve) => setTimeout(resolve, 600_000))
    })
    break
  default:
    throw new Error(`unknown task ${task}`)
}
await store.close()
