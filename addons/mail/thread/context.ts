import type { Env } from '#core'

declare module '#core' {
  interface Context {
    /** Whether nothing is written to the history: neither changes nor creations, nobody becomes a follower by them. */
    readonly tracking_disable?: boolean
    /** Whether changes are not written to the history. */
    readonly mail_notrack?: boolean
    /** Whether no message tells that a record was created. */
    readonly mail_create_nolog?: boolean
    /** Whether who creates a record or posts on it does not become its follower. */
    readonly mail_create_nosubscribe?: boolean
    /** Whether people who are given a record are not told of it. */
    readonly mail_auto_subscribe_no_notify?: boolean
    /** Whether authors are told of their own messages. */
    readonly mail_notify_author?: boolean
    /** Whether the recipients of a message become followers. */
    readonly mail_post_autofollow?: boolean
    /** Whether an activity that is planned tells nobody. */
    readonly mail_activity_quick_update?: boolean
  }
}

/** Whether the records that are created or changed in this environment have a history at all. */
export function keepsHistory(env: Env): boolean {
  const { tracking_disable, install_mode } = env.context
  return !tracking_disable && !install_mode && !env.transaction.draft
}
