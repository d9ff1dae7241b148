/** The release whose wire protocol this server speaks. */
export const SERVER_VERSION = '18.0'

/** What `common.version` and `/web/webclient/version_info` answer. */
export const VERSION_INFO = {
  server_version: SERVER_VERSION,
  server_version_info: [18, 0, 0, 'final', 0, ''],
  server_serie: SERVER_VERSION,
  protocol_version: 1,
} as const
