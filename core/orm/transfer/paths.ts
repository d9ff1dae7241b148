/** The external id of a record, as a column. */
export const XMLID = 'id'
/** The database id of a record, as a column. */
export const DBID = '.id'

/**
 * The parts of a column's name: `parent_id/name`, `parent_id/id` (or `parent_id:id`) for the external id,
 * `parent_id/.id` (or `parent_id.id`) for the database id.
 */
export function splitColumn(name: string): string[] {
  return name
    .replace(/([^/])\.id$/, '$1/.id')
    .replace(/([^/]):id$/, '$1/id')
    .split('/')
}
