import { verifyPassword } from '../../core/security/password.ts'
import type { Database } from '../../core/sql/database.ts'
import { sql } from '../../core/sql/fragment.ts'
import { PASSWORD_DEFAULT } from '../errors.ts'

/**
 * Refuses to open a host to the network while an active administrator, or whoever has the login `admin`, still has
 * the password of a new database.
 * @throws PASSWORD_DEFAULT
 */
export async function refuseDefaultPassword(db: Database, host: string): Promise<void> {
  const users = await db.transaction('read', (connection) =>
    connection.rows<{ login: string; password: string }>(sql`
      SELECT login, password FROM res_users
      WHERE active = ${true} AND password IS NOT NULL AND (login = 'admin' OR id IN (
        SELECT r.uid FROM res_groups_users_rel r
        JOIN ir_model_data d ON d.model = 'res.groups' AND d.res_id = r.gid
        WHERE d.module = 'base' AND d.name = 'group_system'))
      ORDER BY login`),
  )
  const verdicts = await Promise.all(users.map(({ password }) => verifyPassword('admin', password)))
  const open = users.filter((_user, i) => verdicts[i]?.valid).map((user) => user.login)
  if (open.length > 0) throw new PASSWORD_DEFAULT(host, open)
}
