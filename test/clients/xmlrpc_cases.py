"""What Python's own xmlrpc.client can do with the server: one line of JSON per case."""
import datetime
import json
import sys
import traceback
import xmlrpc.client

url, db, password = sys.argv[1:4]


def check(condition, what):
    if not condition:
        raise AssertionError(what)


def equal(actual, expected):
    check(actual == expected, f"{actual!r} is not {expected!r}")


def fault(call):
    try:
        call()
    except xmlrpc.client.Fault as refused:
        return refused
    raise AssertionError("nothing was refused")


common = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/common")
models = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/object")
databases = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/db")
uid = common.authenticate(db, "admin", password, {})


def kw(model, method, args, kwargs=None):
    return models.execute_kw(db, uid, password, model, method, args, kwargs or {})


def versions_and_logins():
    equal(common.version()["server_version"], "18.0")
    check(isinstance(uid, int) and uid > 0, uid)
    equal(common.login(db, "admin", password), uid)
    equal(common.authenticate(db, "admin", "wrong", {}), False)
    equal(databases.list(), [db])
    equal(databases.server_version(), "18.0")


def old_routes():
    old = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/common")
    equal(old.login(db, "admin", password), uid)
    objects = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/object")
    check(objects.execute(db, uid, password, "res.partner", "search_count", []) > 0, "partners")
    refused = fault(lambda: objects.execute(db, uid, password, "res.partner", "create", {"name": False}))
    check(refused.faultCode.startswith("warning -- ValidationError\n\n"), refused.faultCode)
    equal(xmlrpc.client.ServerProxy(f"{url}/xmlrpc/db").list(), [db])


def a_record_through_its_life():
    new = kw("res.partner", "create", [{"name": "Python", "category_id": [(0, 0, {"name": "Snake"})]}])
    equal(kw("res.partner", "write", [[new], {"city": "Delft", "comment": "<p>a</p>", "active": True}]), True)
    [row] = kw("res.partner", "read", [[new]], {"fields": ["name", "city", "email", "parent_id", "category_id"]})
    equal((row["city"], row["email"], row["parent_id"], len(row["category_id"])), ("Delft", False, False, 1))
    equal(kw("res.partner", "search", [[["name", "=", "Python"]]], {"limit": 1}), [new])
    equal(kw("res.partner", "check_access", [[new], "read"]), False)
    equal(kw("res.partner", "unlink", [[new]]), True)


def texts_survive():
    for text in ("a & b < c > d", "line\r\nfeed\ttab", "é 漢 🎈", "]]>", "  spaces  ", "&amp;"):
        new = kw("res.partner", "create", [{"name": "Text", "function": text.strip() or text}])
        [row] = kw("res.partner", "read", [[new], ["function"]])
        # XML has one kind of line end
        equal(row["function"], text.strip().replace("\r\n", "\n"))


def control_characters_are_left_out_of_answers():
    new = kw("ir.config_parameter", "create", [{"key": "test.control", "value": "plain"}])
    request = (
        '{"jsonrpc": "2.0", "id": 1, "method": "call", "params": {"service": "object", "method": "execute_kw", "args": '
        + json.dumps([db, uid, password, "ir.config_parameter", "write", [[new], {"value": "a\u0001b"}]]) + "}}"
    )
    import urllib.request
    headers = {"content-type": "application/json"}
    urllib.request.urlopen(urllib.request.Request(f"{url}/jsonrpc", request.encode(), headers)).read()
    equal(kw("ir.config_parameter", "read", [[new], ["value"]])[0]["value"], "ab")


def moments_and_contents():
    start = datetime.datetime(2026, 3, 31, 8, 30)
    new = kw("res.currency.rate", "create", [{"name": "2026-03-31", "rate": 1.25, "currency_id": kw("res.currency", "search", [[["name", "=", "USD"]]])[0]}])
    [row] = kw("res.currency.rate", "read", [[new], ["name", "rate"]])
    equal((row["name"], row["rate"]), ("2026-03-31", 1.25))
    count = kw("res.partner", "search_count", [[["create_date", "<", start]]])
    check(isinstance(count, int), count)
    file = kw("ir.attachment", "create", [{"name": "a.bin", "datas": xmlrpc.client.Binary(bytes(range(256)))}])
    [row] = kw("ir.attachment", "read", [[file], ["datas", "file_size"]])
    import base64
    equal(base64.b64decode(row["datas"]), bytes(range(256)))
    equal(row["file_size"], 256)


def numbers_beyond_32_bits():
    new = kw("ir.attachment", "create", [{"name": "big", "datas": "YQ=="}])
    equal(kw("ir.attachment", "search_count", [[["id", "=", new], ["file_size", "<", 5_000_000_000.0]]]), 1)
    answer = kw("res.partner", "default_get", [["name"]], {"context": {"default_name": "x"}})
    equal(answer, {"name": "x"})


def faults_have_codes():
    equal(fault(lambda: kw("res.partner", "create", [{"name": False}])).faultCode, 2)
    equal(fault(lambda: kw("res.partner", "write", [[999999], {"name": "x"}])).faultCode, 2)
    equal(fault(lambda: models.execute_kw(db, uid, "wrong", "res.partner", "search", [[]])).faultCode, 3)
    equal(fault(lambda: kw("res.partner", "_write", [[1], {}])).faultCode, 4)
    broken = fault(lambda: kw("res.partner", "read", [[1], ["nothing"]]))
    equal(broken.faultCode, 1)
    check("nothing" in broken.faultString and "Traceback" not in broken.faultString, broken.faultString)
    equal(fault(lambda: common.fly()).faultCode, 1)


def many_calls_at_once():
    multi = xmlrpc.client.ServerProxy(f"{url}/xmlrpc/2/object")
    for number in range(20):
        check(multi.execute_kw(db, uid, password, "res.country", "search_count", [[]]) > 200, number)


for case in (versions_and_logins, old_routes, a_record_through_its_life, texts_survive,
             control_characters_are_left_out_of_answers, moments_and_contents, numbers_beyond_32_bits,
             faults_have_codes, many_calls_at_once):
    try:
        case()
        problem = None
    except Exception:
        problem = traceback.format_exc()
    print(json.dumps({"name": case.__name__.replace("_", " "), "problem": problem}), flush=True)
