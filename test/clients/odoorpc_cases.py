"""What scripts do with OdooRPC, unchanged, against a running server.

    python3 odoorpc_cases.py HOST PORT DB KEY

KEY is an API key of the user admin.

Prints one JSON object a line for each case: its name, and what went wrong or null.
"""
import datetime
import json
import sys
import traceback

import odoorpc

HOST, PORT, DB, KEY = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
CASES = []


def case(function):
    """Registers a case; its first line of documentation is its name."""
    CASES.append(function)
    return function


def connect(login='admin', password='admin'):
    odoo = odoorpc.ODOO(HOST, protocol='jsonrpc', port=PORT, timeout=60)
    odoo.login(DB, login, password)
    return odoo


def same(got, wanted):
    if got != wanted:
        raise AssertionError('wanted %r, got %r' % (wanted, got))


def refused(work, name):
    """The message of the RPCError that the work must raise, whose exception on the server must have the name."""
    try:
        work()
    except odoorpc.error.RPCError as error:
        same(error.info['data']['name'], name)
        same(error.args[0], error.info['data']['message'])
        return error.args[0]
    raise AssertionError('no RPCError, %s was expected' % name)


@case
def session(odoo):
    """a client learns version and databases before it logs in, and logs out again"""
    fresh = odoorpc.ODOO(HOST, protocol='jsonrpc', port=PORT)
    same(fresh.version, '18.0')
    same(fresh.db.list(), [DB])
    fresh.login(DB, 'admin', 'admin')
    same(fresh.env.user.login, 'admin')
    same(fresh.env.uid, fresh.env.user.id)
    same(fresh.env.context, {'lang': 'en_US', 'tz': fresh.env.user.tz, 'uid': fresh.env.uid})
    same(fresh.logout(), True)
    same(fresh.logout(), False)


@case
def wrong_login(odoo):
    """a wrong password and a wrong database are RPCErrors"""
    refused(lambda: connect(password='wrong'), 'odoo.exceptions.AccessDenied')
    try:
        odoorpc.ODOO(HOST, port=PORT).login('no_such_database', 'admin', 'admin')
    except odoorpc.error.RPCError as error:
        assert error.args[0], 'the error says nothing'
    else:
        raise AssertionError('a database that does not exist was logged in to')


@case
def records(odoo):
    """partners are created, searched, read, written, copied and deleted"""
    Partner = odoo.env['res.partner']
    one = Partner.create({'name': 'Rpc One', 'email': 'one@example.com', 'color': 3})
    assert isinstance(one, int), one
    two, three = Partner.create([{'name': 'Rpc Two'}, {'name': 'Rpc Three', 'active': False}])
    domain = [('name', '=like', 'Rpc %')]
    same(Partner.search(domain, order='name'), [one, two])
    same(Partner.search(domain, 0, 1, 'name desc'), [two])
    same(Partner.search_count(domain), 2)
    same(Partner.with_context(active_test=False).search_count(domain), 3)
    same(Partner.read([one], ['name', 'color', 'phone', 'parent_id']),
         [{'id': one, 'name': 'Rpc One', 'color': 3, 'phone': False, 'parent_id': False}])
    same(Partner.read(one, ['name']), [{'id': one, 'name': 'Rpc One'}])
    same([line['name'] for line in Partner.search_read(domain, ['name'], 0, 5, 'name desc')], ['Rpc Two', 'Rpc One'])
    same(Partner.name_search('Rpc T'), [[two, 'Rpc Two']])
    same(Partner.write([one, two], {'city': 'Namur'}), True)
    same([record.city for record in Partner.browse([one, two])], ['Namur', 'Namur'])
    copies = Partner.copy([two])
    same(Partner.browse(copies).name, 'Rpc Two (copy)')
    same(Partner.unlink([one, two, three] + copies), True)
    same(Partner.search(domain), [])


@case
def browsing(odoo):
    """records are browsed through their relations"""
    Partner = odoo.env['res.partner']
    belgium = odoo.env.ref('base.be')
    company = Partner.browse(Partner.create({
        'name': 'Rpc Company',
        'is_company': True,
        'country_id': belgium.id,
        'child_ids': [(0, 0, {'name': 'Child A'}), (0, 0, {'name': 'Child B', 'function': 'Buyer'})],
    }))
    same(company.country_id.name, 'Belgium')
    same(company.country_id.currency_id.name, 'EUR')
    same(sorted(child.name for child in company.child_ids), ['Child A', 'Child B'])
    same([child.parent_id for child in company.child_ids], [company, company])
    same(company.child_ids[0].commercial_partner_id, company)
    same(bool(company.parent_id), False)
    same(isinstance(company.create_date, datetime.datetime), True)
    same(len(odoo.env.user.groups_id) > 0, True)
    same(odoo.env.user.company_id.partner_id._name, 'res.partner')
    Partner.unlink(company.child_ids.ids + company.ids)


@case
def assignment(odoo):
    """what is assigned to a record's fields is written"""
    Partner = odoo.env['res.partner']
    partner = Partner.browse(Partner.create({'name': 'Rpc Assigned'}))
    category = odoo.env['res.partner.category'].create({'name': 'Rpc tag'})
    other = odoo.env['res.partner.category'].create({'name': 'Rpc other tag'})
    partner.name = 'Rpc Renamed'
    partner.color = 5
    partner.active = False
    partner.partner_latitude = 50.5
    partner.country_id = odoo.env.ref('base.fr')
    partner.category_id = [category]
    partner.category_id += other
    partner.lang = None
    fresh = Partner.browse(partner.id)
    same((fresh.name, fresh.color, fresh.active, fresh.partner_latitude, fresh.country_id.code, fresh.lang),
         ('Rpc Renamed', 5, False, 50.5, 'FR', False))
    same(sorted(fresh.category_id.ids), sorted([category, other]))
    fresh.category_id -= odoo.env['res.partner.category'].browse(category)
    same(Partner.browse(partner.id).category_id.ids, [other])
    fresh.category_id = False
    same(Partner.browse(partner.id).category_id.ids, [])
    fresh.country_id = False
    same(bool(Partner.browse(partner.id).country_id), False)
    Partner.unlink(partner.id)
    odoo.env['res.partner.category'].unlink([category, other])


@case
def commit(odoo):
    """without auto_commit changes wait for commit"""
    Partner = odoo.env['res.partner']
    partner = Partner.browse(Partner.create({'name': 'Rpc Waiting'}))
    odoo.config['auto_commit'] = False
    try:
        partner.city = 'Gent'
        partner.zip = '9000'
        same(Partner.browse(partner.id).city, False)
        odoo.env.commit()
        same([Partner.browse(partner.id).city, Partner.browse(partner.id).zip], ['Gent', '9000'])
    finally:
        odoo.config['auto_commit'] = True
        partner.unlink()


@case
def commands(odoo):
    """commands of lines come as tuples of any length"""
    Partner = odoo.env['res.partner']
    tags = odoo.env['res.partner.category'].create([{'name': 'Rpc %d' % number} for number in range(3)])
    partner = Partner.create({'name': 'Rpc Commands', 'category_id': [(6, 0, tags)]})

    def after(*lines):
        Partner.write([partner], {'category_id': list(lines)})
        return sorted(Partner.read([partner], ['category_id'])[0]['category_id'])

    same(after((3, tags[0])), tags[1:])
    same(after((4, tags[0])), tags)
    same(after((5,)), [])
    same(after((4, tags[0], 0), (4, tags[1], False)), tags[:2])
    same(after((6, False, [tags[2]])), [tags[2]])
    same(len(after((0, 0, {'name': 'Rpc new'}))), 2)
    same(len(after((2, tags[2]))), 1)
    same(odoo.env['res.partner.category'].search([('id', '=', tags[2])]), [])
    Partner.write([partner], {'child_ids': [(0, 0, {'name': 'A'}), (0, False, {'name': 'B'})]})
    first, second = Partner.browse(partner).child_ids.ids
    Partner.write([partner], {'child_ids': [(1, first, {'city': 'Gent'}), (2, second)]})
    same([(child.id, child.city) for child in Partner.browse(partner).child_ids], [(first, 'Gent')])
    Partner.unlink([first, partner])
    odoo.env['res.partner.category'].search([('name', '=like', 'Rpc %')])


@case
def raw(odoo):
    """execute and execute_kw take positional and named arguments"""
    ids = odoo.execute('res.partner', 'search', [('name', '=', 'Rpc Raw')])
    same(ids, [])
    id_ = odoo.execute('res.partner', 'create', {'name': 'Rpc Raw'})
    same(odoo.execute('res.partner', 'read', [id_], ['name']), [{'id': id_, 'name': 'Rpc Raw'}])
    same(odoo.execute_kw('res.partner', 'read', [[id_]], {'fields': ['name']}), [{'id': id_, 'name': 'Rpc Raw'}])
    same(odoo.execute_kw('res.partner', 'search', [], {'domain': [('id', '=', id_)], 'limit': 1}), [id_])
    same(odoo.execute_kw('res.partner', 'write', [[id_], {'city': 'Mons'}], {'context': {'lang': 'en_US'}}), True)
    fields = odoo.execute_kw('res.partner', 'fields_get', [['name']], {'attributes': ['type', 'string']})
    same(fields, {'name': {'type': 'char', 'string': 'Name'}})
    same(odoo.execute('res.partner', 'default_get', ['active', 'type', 'city']), {'active': True, 'type': 'contact'})
    same(odoo.execute('res.users', 'context_get')['lang'], 'en_US')
    same(odoo.execute('res.partner', 'unlink', id_), True)


@case
def context(odoo):
    """the language of the context is the language of names"""
    lang = odoo.env['base.language.install'].create({'lang_ids': [odoo.env['res.lang'].with_context(
        active_test=False).search([('code', '=', 'fr_FR')])[0]], 'overwrite': False})
    odoo.env['base.language.install'].lang_install([lang])
    Category = odoo.env['res.partner.category']
    id_ = Category.create({'name': 'Wholesaler'})
    Category.with_context(lang='fr_FR').write([id_], {'name': 'Grossiste'})
    same(Category.browse(id_).name, 'Wholesaler')
    french = Category.with_context(lang='fr_FR')
    same(french.env.lang, 'fr_FR')
    same(french.browse(id_).name, 'Grossiste')
    same(french.search([('name', '=', 'Grossiste'), ('id', '=', id_)]), [id_])
    same(Category.search([('name', '=', 'Grossiste'), ('id', '=', id_)]), [])
    french.browse(id_).name = 'Grossiste 2'
    same(Category.browse(id_).name, 'Wholesaler')
    same(odoo.env['res.partner'].with_context(default_city='Liège').default_get(['city']), {'city': 'Liège'})
    refused(lambda: Category.with_context(lang='xx_XX').search([]), 'odoo.exceptions.UserError')
    Category.unlink([id_])


@case
def errors(odoo):
    """errors are RPCErrors with a name and a message"""
    Partner = odoo.env['res.partner']
    message = refused(lambda: Partner.create({'nam': 'x'}), 'builtins.ValueError')
    assert "'nam'" in message and 'res.partner' in message, message
    refused(lambda: Partner.search([('nam', '=', 'x')]), 'builtins.ValueError')
    refused(lambda: Partner.search([('name', '~', 'x')]), 'builtins.ValueError')
    refused(lambda: Partner.create({'type': 'contact'}), 'odoo.exceptions.ValidationError')
    refused(lambda: Partner.write([987654321], {'name': 'x'}), 'odoo.exceptions.MissingError')
    refused(lambda: Partner.no_such_method(), 'builtins.AttributeError')
    refused(lambda: odoo.execute('res.partner', '_write', [1], {}), 'odoo.exceptions.AccessError')
    refused(lambda: odoo.execute('no.such.model', 'search', []), 'odoo.exceptions.UserError')
    refused(lambda: odoo.env.ref('base.no_such_record'), 'builtins.ValueError')
    refused(lambda: Partner.unlink([odoo.env.user.partner_id.id]), 'odoo.exceptions.RedirectWarning')
    same(Partner.read([987654321], ['name']), [])
    try:
        Partner.browse(987654321)
    except ValueError as error:
        assert '987654321' in str(error), error
    else:
        raise AssertionError('a record that does not exist was browsed')
    same('res.partner' in odoo.env, True)
    same('no.such.model' in odoo.env, False)


@case
def restricted(odoo):
    """another user's rights hold for another user's client"""
    user = odoo.env['res.users'].create({'name': 'Rpc User', 'login': 'rpc_user', 'password': 'rpc-secret',
                                         'groups_id': [(6, 0, [odoo.env.ref('base.group_user').id])]})
    other = connect('rpc_user', 'rpc-secret')
    same(other.env.user.name, 'Rpc User')
    assert other.env['res.partner'].search([], limit=1), 'partners may be read'
    refused(lambda: other.env['ir.rule'].create({}), 'odoo.exceptions.AccessError')
    refused(lambda: other.env['res.users'].write([user], {'groups_id': [(5,)]}), 'odoo.exceptions.AccessError')
    assert 'password' not in other.env['res.users'].read([user])[0] or \
        not other.env['res.users'].read([user], ['password'])[0]['password'].strip('*'), 'a password was read'
    odoo.env['res.users'].write([user], {'active': False})
    refused(lambda: other.env['res.partner'].search([]), 'odoo.exceptions.AccessDenied')


@case
def api_key(odoo):
    """an API key takes the place of the password in calls of the services"""
    def service(name, method, *args):
        return odoo.json('/jsonrpc', {'service': name, 'method': method, 'args': list(args)})['result']

    uid = service('common', 'login', DB, 'admin', KEY)
    same(uid, odoo.env.uid)
    same(service('common', 'authenticate', DB, 'admin', KEY, {}), uid)
    same(service('object', 'execute', DB, uid, KEY, 'res.users', 'read', [uid], ['login']),
         [{'id': uid, 'login': 'admin'}])
    same(service('object', 'execute_kw', DB, uid, KEY, 'res.users', 'search_count', [[['id', '=', uid]]], {}), 1)
    refused(lambda: service('object', 'execute', DB, uid, KEY + 'x', 'res.users', 'search', []),
            'odoo.exceptions.AccessDenied')
    # a person's session takes a person's password
    refused(lambda: connect(password=KEY), 'odoo.exceptions.AccessDenied')


@case
def people_s_models(odoo):
    """a model that people make has fields of every kind, and is browsed like any other"""
    model = odoo.env['ir.model'].create({'name': 'Rpc thing', 'model': 'x_rpc_thing'})
    line = odoo.env['ir.model'].create({'name': 'Rpc line', 'model': 'x_rpc_line'})

    def field(owner, ttype, **values):
        name = values.pop('name', 'x_' + ttype)
        odoo.env['ir.model.fields'].create(
            dict(values, name=name, ttype=ttype, model_id=owner, field_description=name.replace('_', ' ')))

    for ttype in ('char', 'text', 'html', 'integer', 'float', 'boolean', 'date', 'datetime', 'binary'):
        field(model, ttype)
    field(model, 'selection', selection_ids=[(0, 0, {'value': 'a', 'name': 'Aye', 'sequence': 1}),
                                             (0, 0, {'value': 'b', 'name': 'Bee', 'sequence': 2})])
    field(model, 'many2one', relation='res.partner')
    field(model, 'many2many', relation='res.partner.category')
    message = refused(lambda: field(model, 'monetary'), 'odoo.exceptions.ValidationError')
    assert "'currency_id'" in message, message
    field(model, 'many2one', name='x_currency_id', relation='res.currency')
    field(model, 'monetary', currency_field='x_currency_id')
    field(line, 'many2one', name='x_thing_id', relation='x_rpc_thing')
    field(model, 'one2many', relation='x_rpc_line', relation_field='x_thing_id')
    field(model, 'char', name='x_city', related='x_many2one.city')
    for owner in (model, line):
        odoo.env['ir.model.access'].create({'name': 'rpc', 'model_id': owner, 'perm_read': True, 'perm_write': True,
                                            'perm_create': True, 'perm_unlink': True})
    Thing = odoo.env['x_rpc_thing']
    partner = odoo.env['res.partner'].create({'name': 'Rpc Partner', 'city': 'Huy'})
    tag = odoo.env['res.partner.category'].create({'name': 'Rpc'})
    values = {
        'x_char': 'c', 'x_text': 't\nu', 'x_html': '<p>h</p>', 'x_integer': 7, 'x_float': 1.5, 'x_boolean': True,
        'x_date': '2026-02-28', 'x_datetime': '2026-02-28 12:30:00', 'x_binary': 'aGVsbG8=', 'x_selection': 'b',
        'x_many2one': partner, 'x_many2many': [(6, 0, [tag])], 'x_monetary': 12.5,
        'x_currency_id': odoo.env.ref('base.EUR').id, 'x_one2many': [(0, 0, {'x_name': 'one'})],
    }
    id_ = Thing.create(values)
    thing = Thing.browse(id_)
    same([thing.x_char, thing.x_text, thing.x_html, thing.x_integer, thing.x_float, thing.x_boolean],
         ['c', 't\nu', '<p>h</p>', 7, 1.5, True])
    same([thing.x_date, thing.x_datetime], [datetime.date(2026, 2, 28), datetime.datetime(2026, 2, 28, 12, 30)])
    same([thing.x_binary, thing.x_selection, thing.x_monetary], ['aGVsbG8=', 'b', 12.5])
    same([thing.x_many2one.name, thing.x_city, thing.x_many2many.ids], ['Rpc Partner', 'Huy', [tag]])
    same([one.x_name for one in thing.x_one2many], ['one'])
    thing.x_date = datetime.date(2026, 3, 1)
    thing.x_datetime = datetime.datetime(2026, 3, 1, 8)
    thing.x_selection = 'a'
    same(Thing.read([id_], ['x_date', 'x_datetime', 'x_selection']),
         [{'id': id_, 'x_date': '2026-03-01', 'x_datetime': '2026-03-01 08:00:00', 'x_selection': 'a'}])
    refused(lambda: Thing.write([id_], {'x_selection': 'z'}), 'builtins.ValueError')
    # another connection sees the model at once
    same(connect().env['x_rpc_thing'].search_read([], ['x_char']), [{'id': id_, 'x_char': 'c'}])


@case
def all_fields(odoo):
    """all fields of all models are read at once, and all fields of records are browsed"""
    export = odoo.env['ir.exports'].create({'name': 'Rpc', 'resource': 'res.partner'})
    odoo.env['ir.exports.line'].create({'name': 'name', 'export_id': export})
    odoo.env['ir.filters'].create({'name': 'Rpc', 'model_id': 'res.partner', 'domain': '[]'})
    odoo.env['decimal.precision'].create({'name': 'Rpc', 'digits': 3})
    models = odoo.env['ir.model'].search_read([], ['model', 'transient'])
    assert len(models) > 30, models
    problems = []
    for model in models:
        try:
            problems += read_everything(odoo, model['model'])
        except Exception as error:  # every kind of failure is what the case looks for
            problems.append('%s: %r' % (model['model'], str(error)[:300]))
    assert not problems, '\n'.join(problems)


def read_everything(odoo, name):
    """Reads all fields of records of a model in every way that clients have; gives what is wrong."""
    if not odoo.execute(name, 'check_access_rights', 'read', False):
        return []
    fields = odoo.execute(name, 'fields_get')
    rows = odoo.execute_kw(name, 'search_read', [[]], {'limit': 40})
    odoo.execute_kw(name, 'read', [[row['id'] for row in rows]], {'load': '_classic_write'})
    odoo.execute_kw(name, 'default_get', [list(fields)])
    odoo.execute_kw(name, 'web_search_read', [[], {field: {} for field in fields}], {'limit': 40})
    record = odoo.env[name].browse(rows[0]['id'] if rows else [])
    for field in odoo.env[name]._columns:
        if rows:
            str(getattr(record, field))
    missing = sorted(set(fields) - set(rows[0])) if rows else []
    return ['%s: search_read leaves out %s' % (name, missing)] if missing else []


def main():
    odoo = connect()
    for function in CASES:
        try:
            function(odoo)
            problem = None
        except Exception:  # noqa: reported to the test that runs this
            problem = traceback.format_exc(limit=-2)
        print(json.dumps({'name': function.__doc__.splitlines()[0], 'problem': problem}), flush=True)


main()
