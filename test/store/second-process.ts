/**
 * A process of its own, as the command line beside a running server. Arguments: what to do, and the location
 * of the store as JSON. Says `ready` when it got there.
 */
import { addDocument } from '../../src/knowledge/library/add-document.ts'
import { openBlobs } from '../../src/store/blobs.ts'
import { openStore, type StoreLocation, type Trx } from '../../src/store/store.ts'

const [task, place, times = '0'] = process.argv.slice(2)
const location = JSON.parse(place!) as StoreLocation
const store = await openStore(location)

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
  case 'add-document': {
    const file = { fileName: 'added.txt', bytes: Buffer.from('旁加的办法\n\n第一条 甲。\n\n第二条 乙。\n') }
    await addDocument(store, openBlobs(store, location), file, new Date())
    break
  }
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
