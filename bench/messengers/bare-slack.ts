/** A bare Bolt app in a process of its own: says again what it is told, in one message. Settings as the bot's. */
import bolt from '@slack/bolt'

const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL } = process.env
const app = new bolt.App({
  token: SLACK_BOT_TOKEN!,
  clientOptions: { slackApiUrl: SLACK_API_URL! },
  ...(SLACK_APP_TOKEN
    ? { appToken: SLACK_APP_TOKEN, socketMode: true }
    : { signingSecret: SLACK_SIGNING_SECRET! }),
  logLevel: bolt.LogLevel.ERROR,
})
app.message(async ({ message, say }) => {
  if (message.subtype !== undefined) return
  await say({ text: message.text ?? '', thread_ts: message.ts })
})
const server = await app.start(Number(process.env.PORT))
console.log(SLACK_APP_TOKEN ? 'started' : `started at ${addressOf(server)}`)

function addressOf(given: unknown): string {
  if (typeof given !== 'object' || given === null || !('address' in given)) throw new Error('no server')
  const { port } = (given as { address(): { port: number } }).address()
  return `http://127.0.0.1:${port}`
}
