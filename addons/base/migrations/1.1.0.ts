import { ident, sql, type Migration } from '#core'

/* Scheduled jobs run server actions: each job of before gets one that calls its method. */
export const migration: Migration = {
  describes: 'gives each scheduled job the server action that it runs',
  async pre({ connection, dialect, hasTable, hasColumn }) {
    if (!(await hasTable('ir_cron')) || (await hasColumn('ir_cron', 'ir_actions_server_id'))) return
    await connection.run(sql`ALTER TABLE ir_cron ADD COLUMN ir_actions_server_id integer`)
    const jobs = await connection.rows<{ id: number }>(sql`SELECT id FROM ir_cron ORDER BY id`)
    for (const { id } of jobs) {
      // Actions of all kinds share one numbering, that of `ir_actions`, where each has a row.
      const [row] = await connection.rows<{ id: number }>(dialect.nextIds('ir_actions', 1))
      const action = row?.id ?? 1
      await connection.run(sql`
        INSERT INTO ir_actions (id, create_uid, create_date, write_uid, write_date, name, binding_type, type)
        SELECT ${action}, create_uid, create_date, write_uid, write_date, name, 'action', 'ir.actions.server'
        FROM ir_cron WHERE id = ${id}`)
      await connection.run(sql`
        INSERT INTO ir_act_server (id, create_uid, create_date, write_uid, write_date, name, binding_type, type, ${ident('usage')}, state, model_id, code)
        SELECT ${action}, create_uid, create_date, write_uid, write_date, name, 'action', 'ir.actions.server', 'ir_cron', 'code', model_id,
          'model.' || ${ident('function')} || '()'
        FROM ir_cron WHERE id = ${id}`)
      await connection.run(sql`UPDATE ir_cron SET ir_actions_server_id = ${action} WHERE id = ${id}`)
    }
  },
}
