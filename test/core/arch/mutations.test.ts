/* Archs changed at random: each is accepted, or refused with view and line; none crashes. VIEW_MUTATIONS sets how many. */
import t from 'tap'
import { describeMistake } from '#core/arch/source.ts'
import { validate } from '#core/arch/validate.ts'
import { postprocess } from '#core/arch/postprocess.ts'
import { ComptoirError } from '#core/errors.ts'
import type {} from '#addons/base/index.ts'
import { addonEnv } from '#test/env.ts'
import { combined, source } from './fixture.ts'

const RUNS = Number(process.env['VIEW_MUTATIONS'] ?? 300)
const BASE = `<form string="F"><header><button name="action_archive" type="object" string="Go" invisible="not active"/></header><sheet><group name="main">
<field name="name" required="1"/><field name="parent_id" domain="[('is_company', '=', True)]"/><field name="category_id" widget="many2many_tags"/></group>
<notebook><page string="P" name="p"><field name="child_ids"><list editable="bottom"><field name="name"/><field name="city" readonly="parent.is_company"/></list></field></page></notebook></sheet></form>`
const EXTENSION = `<data><xpath expr="//group[@name='main']" position="inside"><field name="ref"/></xpath><field name="name" position="attributes"><attribute name="invisible">is_company</attribute></field></data>`
const PIECES = [
  '<',
  '>',
  '"',
  '/>',
  '<field name="x"/>',
  'name="',
  ' position="before"',
  '<data>',
  '</form>',
  '&',
  '&lt;',
  '\u0000',
  '😀',
  "')",
  '(',
  'not ',
  'groups="base.nobody"',
  '<xpath expr="//a[" position="after"/>',
  '<t t-if="x"/>',
  'attrs="{}"',
  '<!--',
  ']]>',
]

/** Numbers that look random and are the same each time. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    yield state
  }
}

function mutated(text: string, next: () => number): string {
  let result = text
  for (let i = 0; i <= next() % 3; i++) {
    const at = next() % (result.length + 1)
    const piece = PIECES[next() % PIECES.length] as string
    const cut = next() % 2 === 0 ? next() % 12 : 0
    result = result.slice(0, at) + (next() % 4 === 0 ? '' : piece) + result.slice(at + cut)
  }
  return result
}

t.test(`${RUNS} changed archs are accepted or refused, with view and line`, async (t) => {
  const env = await addonEnv(t, 'sqlite', ['base'])
  const random = numbers(7)
  const next = (): number => random.next().value as number
  let refused = 0
  for (let i = 0; i < RUNS; i++) {
    const [base, extension] = i % 2 === 0 ? [mutated(BASE, next), EXTENSION] : [BASE, mutated(EXTENSION, next)]
    try {
      const arch = combined(source(1, base, { file: 'a.xml' }), source(2, extension, { inheritId: 1, file: 'b.xml' }))
      const mistakes = [...arch.failed.flatMap((one) => one.mistakes), ...(await validate(env, arch))]
      for (const text of mistakes.map(describeMistake))
        if (!/^[ab]\.xml:\d+, view test\.view_\d(, \/\S.*)?: ./.test(text)) t.fail(`without a place: ${text}`)
      if (mistakes.length === 0) await postprocess(env, arch)
      else refused++
    } catch (error) {
      refused++
      if (!(error instanceof ComptoirError) || !/\d/.test(error.message))
        t.fail(`${String(error)} for ${base}${extension}`)
    }
  }
  t.ok(refused > RUNS / 4, `${refused} refused`)
  t.ok(refused < RUNS, 'some are accepted')
})
