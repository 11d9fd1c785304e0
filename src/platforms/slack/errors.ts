import { LogLevel, webApi } from '@slack/bolt'
import { DeliveryError } from '../../chat/outgoing.ts'
import type { Logger } from '../logger.ts'

const kinds: Record<string, Exclude<DeliveryError['kind'], 'unknown'>> = {
  ratelimited: 'later',
  rate_limited: 'later',
  message_limit_exceeded: 'later',
  service_unavailable: 'later',
  team_added_to_org: 'later',
  channel_not_found: 'gone',
  is_archived: 'gone',
  message_not_found: 'gone',
  thread_not_found: 'gone',
  cant_update_message: 'gone',
  edit_window_closed: 'gone',
  user_not_found: 'gone',
  users_not_found: 'gone',
  user_disabled: 'gone',
  not_in_channel: 'not-allowed',
  missing_scope: 'not-allowed',
  no_permission: 'not-allowed',
  restricted_action: 'not-allowed',
  restricted_action_read_only_channel: 'not-allowed',
  restricted_action_thread_only_channel: 'not-allowed',
  restricted_action_non_threadable_channel: 'not-allowed',
  restricted_action_thread_locked: 'not-allowed',
  cannot_dm_bot: 'not-allowed',
  messages_tab_disabled: 'not-allowed',
  user_not_visible: 'not-allowed',
  ekm_access_denied: 'not-allowed',
  access_denied: 'not-allowed',
  invalid_auth: 'not-allowed',
  not_authed: 'not-allowed',
  account_inactive: 'not-allowed',
  token_revoked: 'not-allowed',
  token_expired: 'not-allowed',
  team_access_not_granted: 'not-allowed',
  invalid_blocks: 'bad-input',
  invalid_blocks_format: 'bad-input',
  invalid_arguments: 'bad-input',
  invalid_metadata_format: 'bad-input',
  metadata_too_large: 'bad-input',
  msg_too_long: 'bad-input',
  msg_blocks_too_long: 'bad-input',
  too_many_attachments: 'bad-input',
  no_text: 'bad-input',
}

/** What Slack refuses for good, whoever asks: with these a token does not come right by itself. */
const badTokens = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
])

/** A failure of the Web API as the outbox understands it. After a time-out or a 5xx it may have been made all the same. */
export function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new DeliveryError('later', { wait: error.retryAfter * 1000, cause: error })
  }
  if (error instanceof webApi.WebAPIHTTPError && error.statusCode === 429) {
    const wait = Number(error.headers['retry-after'] ?? Number.NaN)
    return new DeliveryError('later', {
      ...(Number.isFinite(wait) ? { wait: wait * 1000 } : {}),
      cause: error,
    })
  }
  return new DeliveryError(kinds[errorCodeOf(error)] ?? (isNeverSent(error) ? 'later' : 'unknown'), {
    cause: error,
  })
}

/** Slack's own word for what went wrong; empty where it said none. */
export function errorCodeOf(error: unknown): string {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : ''
}

export function isBadToken(error: unknown): boolean {
  return badTokens.has(errorCodeOf(error))
}

/** No connection came about, so nothing was made. */
function isNeverSent(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 6; depth += 1) {
    if ('code' in cause && /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/.test(String(cause.code))) return true
    cause = cause instanceof webApi.WebAPIRequestError ? cause.original : cause.cause
  }
  return false
}

/** What the SDK has to say, in our log: its mere notices may hold what people wrote and are left out. */
export function createSdkLogger(logger: Logger) {
  const warn = (...words: unknown[]) => {
    const [first] = words
    const details = first instanceof Error ? { err: first } : { said: String(first).slice(0, 300) }
    logger.warn(details, 'the SDK of Slack')
  }
  return {
    debug() {},
    info() {},
    warn,
    error: warn,
    setLevel() {},
    getLevel: () => LogLevel.WARN,
    setName() {},
  }
}
