import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const slackManifest = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) })
const feishuList = z.object({ scopes: z.object({ tenant: z.array(z.string()) }) })

const read = (name: string) => readFileSync(new URL(`../../../deploy/${name}`, import.meta.url), 'utf8')

/** The rights that the code uses, from the files that administrators paste; a test keeps those equal to the code. */
export function wantedScopes(): { slack: string[]; feishu: string[] } {
  return {
    slack: slackManifest.parse(parse(read('slack-manifest.yaml'))).oauth_config.scopes.bot,
    feishu: feishuList.parse(JSON.parse(read('feishu-scopes.json'))).scopes.tenant,
  }
}
