/** The files of a new addon by path; `root` leads from its folder to the product. */
export function newAddonFiles(name: string, root: string): Readonly<Record<string, string>> {
  const title = name.split('_').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(' ')
  const model = `${name.replaceAll('_', '.')}.item`
  const table = model.replaceAll('.', '_')
  const Class = `${title.replaceAll(' ', '')}Item`
  return {
    'manifest.ts': `import type { Manifest } from '#core'
import { manifest as base } from '#addons/base/manifest.ts'

export const manifest: Manifest = {
  name: '${name}',
  title: '${title}',
  version: '1.0.0',
  summary: 'What ${title} is for, in one line',
  category: 'Uncategorized',
  depends: [base],
  data: ['security/ir.model.access.csv', 'views/${table}.xml'],
  application: true,
}
`,
    'index.ts': `import { ${Class} } from './models/${table}.ts'

export const models = [${Class}]
`,
    [`models/${table}.ts`]: `import { field, model, type RecordsOf } from '#core'

/** Open list of states: another addon adds one by merging a key. */
export interface ${Class}States {
  open: string
  done: string
}

export class ${Class}Fields {
  name = field.char({ required: true })
  partner_id = field.many2one('res.partner', { string: 'Contact' })
  quantity = field.float({ default: 1 })
  price = field.float()
  total = field.float({ store: true })
  state = field.selection<keyof ${Class}States>({ open: 'Open', done: 'Done' }, { required: true, default: 'open' })
}

export const ${Class} = model(
  '${model}',
  ${Class}Fields,
  { description: '${title} Item', order: 'name, id' },
  (Base) =>
    class extends Base {
      /** Marks the items of the set as done. */
      async action_done(): Promise<void> {
        await this.write({ state: 'done' })
      }
    },
)

${Class}.compute('total', ['quantity', 'price'], (item) => item.quantity * item.price)
  .constrain(['quantity'], (item) => (item.quantity < 0 ? 'A quantity cannot be negative.' : undefined))
  .callable('action_done')

export interface ${Class} extends RecordsOf<typeof ${Class}> {}
declare module '#core' {
  interface Models {
    '${model}': { fields: ${Class}Fields; records: ${Class} }
  }
}
`,
    [`views/${table}.xml`]: `<?xml version="1.0" encoding="utf-8"?>
<odoo>
    <record id="view_${table}_list" model="ir.ui.view">
        <field name="name">${model}.list</field>
        <field name="model">${model}</field>
        <field name="arch" type="xml">
            <list decoration-muted="state == 'done'">
                <field name="name"/>
                <field name="partner_id"/>
                <field name="quantity"/>
                <field name="price"/>
                <field name="total"/>
                <field name="state" widget="badge"/>
            </list>
        </field>
    </record>

    <record id="view_${table}_form" model="ir.ui.view">
        <field name="name">${model}.form</field>
        <field name="model">${model}</field>
        <field name="arch" type="xml">
            <form>
                <header>
                    <button name="action_done" type="object" string="Done" class="btn-primary" invisible="state == 'done'"/>
                    <field name="state" widget="statusbar"/>
                </header>
                <sheet>
                    <h1><field name="name" placeholder="Name"/></h1>
                    <group>
                        <group>
                            <field name="partner_id"/>
                        </group>
                        <group>
                            <field name="quantity" readonly="state == 'done'"/>
                            <field name="price" readonly="state == 'done'"/>
                            <field name="total"/>
                        </group>
                    </group>
                </sheet>
            </form>
        </field>
    </record>

    <record id="action_${table}" model="ir.actions.act_window">
        <field name="name">${title} Items</field>
        <field name="res_model">${model}</field>
        <field name="path">${name.replaceAll('_', '-')}</field>
    </record>

    <menuitem id="menu_${name}" name="${title}" action="action_${table}" sequence="100"/>
</odoo>
`,
    'security/ir.model.access.csv': `id,name,model_id/id,group_id/id,perm_read,perm_write,perm_create,perm_unlink
access_${table}_user,${model} user,model_${table},base.group_user,1,1,1,1
`,
    'i18n/fr.po': `msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Contact"
msgstr "Contact"

msgid "Quantity"
msgstr "Quantité"

msgid "Price"
msgstr "Prix"

msgid "Done"
msgstr "Fait"

msgid "Open"
msgstr "Ouvert"
`,
    'README.md': `# ${name}

What it adds, in ten lines.
`,
    'tsconfig.json': `{
  "extends": "${root}/tsconfig.json",
  "compilerOptions": { "tsBuildInfoFile": "${root}/node_modules/.cache/tsconfig.${name}.tsbuildinfo" },
  "include": [".", "${root}/addons/base"]
}
`,
    [`test/${table}.test.ts`]: `import t from 'tap'
import { addonEnv, DIALECTS } from '#test/env.ts'
import type {} from '#addons/${name}/index.ts'

for (const dialect of DIALECTS) {
  t.test(\`items on \${dialect}\`, async (t) => {
    const env = await addonEnv(t, dialect, ['${name}'])

    t.test('the total is the quantity times the price', async (t) => {
      const items = await env['${model}'].create([{ name: 'Desk', quantity: 3, price: 20 }])
      t.match(await items.load(['total', 'state']), [{ total: 60, state: 'open' }])
      await items.action_done()
      t.match(await items.load(['state']), [{ state: 'done' }])
    })

    t.test('a negative quantity is refused', async (t) => {
      await t.rejects(env['${model}'].create([{ name: 'Desk', quantity: -1 }]), { code: 'CONSTRAINT_FAILED' })
    })
  })
}
`,
  }
}
