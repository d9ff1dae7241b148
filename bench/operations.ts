/** What the calls work on. */
export interface Sample {
  /** A company with five contacts. */
  readonly company: number
  readonly contact: number
}

/** A call of a model's method that is measured. */
export interface Operation {
  readonly name: string
  /** How many times the time of the bare route it may take; `null` when there is no goal. */
  readonly goal: number | null
  readonly model: string
  readonly method: string
  /** Arguments of the run with this number: what changes records gives other values each time. */
  readonly args: (sample: Sample, run: number) => readonly unknown[]
  readonly kwargs?: Readonly<Record<string, unknown>>
  /** `password`: by `execute_kw`, with login and password in each call; else within a session. */
  readonly by?: 'password'
  /** Counted calls at most. */
  readonly runs: number
}

const EIGHT_FIELDS = ['name', 'email', 'phone', 'city', 'country_id', 'parent_id', 'is_company', 'create_date']
const NAMED = { fields: { display_name: {} } }
const LIST = {
  display_name: {},
  email: {},
  phone: {},
  city: {},
  country_id: NAMED,
  parent_id: NAMED,
  active: {},
  category_id: NAMED,
}
const FORM = {
  name: {},
  is_company: {},
  type: {},
  email: {},
  phone: {},
  street: {},
  zip: {},
  city: {},
  vat: {},
  comment: {},
  state_id: NAMED,
  country_id: NAMED,
  parent_id: NAMED,
  title: NAMED,
  user_id: NAMED,
  category_id: NAMED,
  write_date: {},
  child_ids: {
    fields: { display_name: {}, name: {}, email: {}, phone: {}, type: {}, function: {}, country_id: NAMED },
  },
}
const FORM_SPEC = {
  name: {},
  is_company: {},
  company_type: {},
  parent_id: NAMED,
  email: {},
  street: {},
  zip: {},
  city: {},
  country_id: NAMED,
}

const newPartners = (run: number): readonly unknown[] =>
  Array.from({ length: 500 }, (_, i) => ({
    name: `New ${run}-${i}`,
    email: `new${run}.${i}@example.com`,
    phone: `+32 3 ${i}`,
    city: 'Ghent',
    is_company: i % 2 === 0,
  }))

const call = (
  name: string,
  goal: number | null,
  method: string,
  args: Operation['args'],
  more: Partial<Operation> = {},
): Operation => ({ name, goal, model: 'res.partner', method, args, runs: 300, ...more })

/** All that is measured against a bare route. Those that create come last: the table is the same for all others. */
export const OPERATIONS: readonly Operation[] = [
  call('search_read 80 × 8', 2, 'search_read', () => [[], EIGHT_FIELDS], { kwargs: { limit: 80 } }),
  call('read 1 × 2', 3, 'read', ({ contact }) => [[contact], ['name', 'email']]),
  call('web_search_read 80', null, 'web_search_read', () => [[]], { kwargs: { specification: LIST, limit: 80 } }),
  call('web_read form', null, 'web_read', ({ company }) => [[company]], { kwargs: { specification: FORM } }),
  call('name_search', null, 'name_search', () => ['Company 12'], { kwargs: { limit: 8 } }),
  call('search_count', null, 'search_count', () => [[['is_company', '=', true]]]),
  call('read_group country', null, 'read_group', () => [[], ['country_id'], ['country_id']]),
  call('read_group month', null, 'read_group', () => [[], [], ['create_date:month']]),
  call('read_group month zone', null, 'read_group', () => [[], [], ['create_date:month']], {
    kwargs: { context: { tz: 'Europe/Brussels' } },
  }),
  call('onchange', null, 'onchange', ({ contact, company }, run) => [
    [contact],
    { name: `Draft ${run}`, parent_id: company, type: 'contact' },
    ['parent_id'],
    FORM_SPEC,
  ]),
  call('execute_kw password', null, 'read', ({ contact }) => [[contact], ['name', 'email']], { by: 'password' }),
  call('write 1 field', null, 'write', ({ contact }, run) => [[contact], { city: `City ${run}` }]),
  call('create 500', 6, 'create', (_sample, run) => [newPartners(run)], { runs: 25 }),
]
