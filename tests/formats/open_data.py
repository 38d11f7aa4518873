"""Whether the open data of a built portal are what their readers expect.

Called with the folder of the site and the folder of the vocabularies. Each check first refuses a broken copy:
one that refuses nothing would check nothing.
"""

import copy
import csv
import json
import re
import sys
import xml.etree.ElementTree as xml
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pyshacl
import rdflib

SITE, VOCABULARIES = Path(sys.argv[1]), Path(sys.argv[2])


def fail(message):
    print(message, file=sys.stderr)
    sys.exit(1)


def read(path):
    return json.loads((SITE / path).read_text(encoding="utf-8"))


def slugs():
    return sorted(path.parent.name for path in SITE.glob("items/*/index.json"))


# JSON against its schemas.


def strict(schema):
    """The schema, which allows keys to be added later, as that of today: no key but the known ones."""
    schema = copy.deepcopy(schema)

    def close(node):
        if isinstance(node, dict):
            if "properties" in node:
                node["additionalProperties"] = False
            for inner in node.values():
                close(inner)
        elif isinstance(node, list):
            for inner in node:
                close(inner)

    close(schema)
    return schema


def validator(name):
    schema = strict(read(f"data/schema/{name}.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    if not schema["$id"].endswith(f"/data/schema/{name}.json"):
        fail(f"{name}: wrong $id {schema['$id']}")
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def check_json():
    item = validator("item")
    count = 0
    for slug in slugs():
        record = read(f"items/{slug}/index.json")
        for error in item.iter_errors(record):
            fail(f"{slug}: {error.json_path}: {error.message}")
        if record["id"] != slug or not record["url"].endswith(f"/items/{slug}/"):
            fail(f"{slug}: speaks of {record['id']} at {record['url']}")
        count += 1
    broken = [
        lambda one: one.pop("materials"),
        lambda one: one.update(updated="2026-13-01"),
        lambda one: one["identity"].update(item_type="许可"),
        lambda one: one.update(internal="x"),
    ]
    for n, spoil in enumerate(broken):
        spoilt = read(f"items/{slugs()[0]}/index.json")
        spoil(spoilt)
        if item.is_valid(spoilt):
            fail(f"the schema of items accepts a broken record: {n}")
    for name in ["items", "departments", "bundles", "materials", "places", "laws"]:
        check, path, entries = validator(name), f"data/{name}.json", 0
        while path:
            part = read(path)
            for error in check.iter_errors(part):
                fail(f"{path}: {error.json_path}: {error.message}")
            entries += len(part["entries"])
            path = part["next"] and part["next"].split("/data/")[1] and f"data/{part['next'].split('/data/')[1]}"
        if entries != part["total"]:
            fail(f"{name}: {entries} entries, {part['total']} promised")
        if name == "items" and entries != count:
            fail(f"{entries} items in the list, {count} have a record")
    return count


# What follows from the questions of an item, worked out here a second time.


def results(questions):
    """The answers of each way through the questions, in their order."""
    ways = [{}]
    for one in questions:
        longer = []
        for way in ways:
            if all(way.get(need["question"]) in need["answers"] for need in one["when"]):
                longer += [{**way, one["id"]: answer["id"]} for answer in one["answers"]]
            else:
                longer.append(way)
        ways = longer
    return ways


def check_cases():
    asked = told = 0
    for slug in slugs():
        record = read(f"items/{slug}/index.json")
        cases = {json.dumps({one["question"]: one["answer"] for one in case["answers"]}): case for case in record["cases"]}
        ways = results(record["questions"]) if record["questions"] else []
        if set(cases) != {json.dumps(way) for way in ways} or len(cases) != len(record["cases"]):
            fail(f"{slug}: {len(record['cases'])} cases, {len(ways)} ways through the questions")
        asked += bool(ways)
        for way in ways:
            case = cases[json.dumps(way)]
            meets = lambda one: all(way.get(need["question"]) in need["answers"] for need in one["when"])
            for key, name in [("materials", "id"), ("steps", "name"), ("fees", "name")]:
                if case[key] != [one[name] for one in record[key] if meets(one)]:
                    fail(f"{slug}: {way}: {key} {case[key]}")
            special = [one["promised"] for one in record["limits"]["by_case"] if meets(one)]
            if case["promised"] != (special + [record["limits"]["promised"]])[0]:
                fail(f"{slug}: {way}: {case['promised']}")
            page = SITE / case["url"][case["url"].index("/items/") + 1 :] / "index.html"
            if not page.is_file():
                fail(f"{slug}: {way}: no page at {case['url']}")
            told += 1
    if asked < 10 or told < 100:
        fail(f"{asked} items with {told} cases: too few to check anything")


def check_performance():
    figures = read("data/performance.json")
    for error in validator("performance").iter_errors(figures):
        fail(f"performance: {error.json_path}: {error.message}")
    items = [one for one in read("data/items.json")["entries"] if one["state"] not in ["paused", "cancelled"]]
    told = [one for one in items if one["visits"] is not None]
    kinds = [one["handling_type"] for one in items if one["handling_type"] is not None]
    expected = {
        "items": len(items),
        "no_visit": (sum(one["visits"] == 0 for one in told), len(told)),
        "visits": (sum(one["visits"] for one in told), len(told)),
        "instant": (kinds.count("即办件"), len(kinds)),
    }
    for key, value in expected.items():
        found = figures["all"][key]
        if (found if key == "items" else (found["part"], found["whole"])) != value:
            fail(f"performance: {key} is {found}, not {value}")
    for groups in ["departments", "item_types", "handling_types"]:
        if sum(one["figures"]["items"] for one in figures[groups]) != len(items):
            fail(f"performance: {groups} do not add up to {len(items)}")
    if len(figures["months"]) != 12:
        fail("performance: not twelve months")


def check_bundles():
    bundles = read("data/bundles.json")["entries"]
    for one in bundles:
        own = {entry["item"]["id"] for entry in one["items"]}
        named = [slug for material in one["materials"] for slug in material["items"]]
        named += [slug for entry in one["items"] for slug in entry["after"]]
        for total in ["needed", "everything"]:
            for limit in ["promised", "statutory"]:
                named += one[total][limit]["path"] + one[total][limit]["without_limit"]
        if not one["materials"] or not set(named) <= own:
            fail(f"{one['id']}: speaks of {set(named) - own}")
        names = [(material["name"], material["shared"]) for material in one["materials"]]
        if len(names) != len(set(names)):
            fail(f"{one['id']}: a paper is listed twice")
        if one["needed"]["fee"]["least"]["fen"] > one["everything"]["fee"]["least"]["fen"]:
            fail(f"{one['id']}: doing less costs more")
    if len(bundles) < 8:
        fail("too few bundles")


# CPSV-AP against its shapes.


def cpsv_errors(graph, shapes):
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes)
    return None if conforms else text


def check_cpsv():
    shapes = rdflib.Graph().parse(VOCABULARIES / "cpsv-ap-3.2.0-shacl.ttl")
    cv, cpsv, dct = (
        rdflib.Namespace(name)
        for name in ["http://data.europa.eu/m8g/", "http://purl.org/vocab/cpsv#", "http://purl.org/dc/terms/"]
    )
    for slug in slugs():
        text = (SITE / f"items/{slug}/cpsv.jsonld").read_text(encoding="utf-8")
        graph = rdflib.Graph().parse(data=text, format="json-ld")
        if error := cpsv_errors(graph, shapes):
            fail(f"{slug}: {error}")
        record = read(f"items/{slug}/index.json")
        service = rdflib.URIRef(record["url"] + "#service")
        if len(list(graph.objects(service, cpsv.hasInput))) != len(record["materials"]):
            fail(f"{slug}: not all materials are evidence")
        # A working day is no day of the calendar.
        durations = list(graph.objects(None, cv.processingTime))
        promised = record["limits"]["promised"]
        may = promised is not None and promised["unit"] in ["immediate", "minute", "hour", "natural_day"]
        if bool(durations) != may:
            fail(f"{slug}: {durations} for {promised}")
    for subject, prop in [(service, dct.title), (service, cv.hasCompetentAuthority)]:
        spoilt = rdflib.Graph().parse(data=text, format="json-ld")
        spoilt.remove((subject, prop, None))
        if not cpsv_errors(spoilt, shapes):
            fail(f"the shapes accept a service without {prop}")


# JSON-LD of the pages against the vocabulary of schema.org.


class DataBlocks(HTMLParser):
    def __init__(self):
        super().__init__()
        self.blocks, self.inside = [], False

    def handle_starttag(self, tag, attributes):
        if tag == "script" and ("type", "application/ld+json") in attributes:
            self.inside = True
            self.blocks.append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "script"

    def handle_data(self, data):
        if self.inside:
            self.blocks[-1] += data


def ancestors(vocabulary, name):
    found = {name}
    for parent in vocabulary["classes"][name]:
        found |= ancestors(vocabulary, parent)
    return found


DATA_TYPES = {"Text", "URL", "Number", "Integer", "Boolean", "Date", "DateTime", "Time", "Duration"}


def schema_errors(node, vocabulary):
    """What in a node the vocabulary does not know: types, properties, and properties on or with the wrong type."""
    errors = []
    if isinstance(node, list):
        return [error for one in node for error in schema_errors(one, vocabulary)]
    if not isinstance(node, dict):
        return errors
    kind = node.get("@type")
    if kind is None:
        return errors if set(node) <= {"@id"} else [f"no type: {node}"]
    if kind not in vocabulary["classes"]:
        return [f"unknown type {kind}"]
    own = ancestors(vocabulary, kind)
    for key, value in node.items():
        if key.startswith("@") or key.startswith("zw:"):
            continue
        prop = vocabulary["properties"].get(key)
        if prop is None:
            errors.append(f"unknown property {key}")
            continue
        if "supersededBy" in prop:
            errors.append(f"{key} is superseded by {prop['supersededBy']}")
        if not own & set(prop["on"]):
            errors.append(f"{kind} has no {key}")
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                if "@type" in one and one["@type"] in vocabulary["classes"]:
                    if not ancestors(vocabulary, one["@type"]) & set(prop["of"]):
                        errors.append(f"{key} is no {one['@type']}")
                errors += schema_errors(one, vocabulary)
            elif not set(prop["of"]) & DATA_TYPES and not str(one).startswith("https://"):
                errors.append(f"{key} is no text: {one}")
            elif set(prop["of"]) == {"Duration"} and not re.fullmatch(r"P(\d+[DMY])?(T\d+[HMS])?", one):
                errors.append(f"{key} is no duration: {one}")
    return errors


def check_pages():
    vocabulary = json.loads((VOCABULARIES / "schemaorg-30.0.json").read_text(encoding="utf-8"))
    for slug in slugs():
        parser = DataBlocks()
        parser.feed((SITE / f"items/{slug}/index.html").read_text(encoding="utf-8"))
        if len(parser.blocks) != 1:
            fail(f"{slug}: {len(parser.blocks)} data blocks")
        if "<" in parser.blocks[0] or "&" in parser.blocks[0]:
            fail(f"{slug}: the data block is not escaped")
        data = json.loads(parser.blocks[0])
        graph = data["@graph"]
        for error in schema_errors(graph, vocabulary):
            fail(f"{slug}: {error}")
        if {"GovernmentService", "BreadcrumbList", "HowTo"} - {node["@type"] for node in graph}:
            fail(f"{slug}: a part of the data block is missing")
        promised = read(f"items/{slug}/index.json")["limits"]["promised"]
        if promised and promised["unit"] == "working_day" and "processingTime" in parser.blocks[0]:
            fail(f"{slug}: working days are published as a duration")
    service = graph[0]
    for spoilt in [{"requiredDocuments": "x"}, {"contactPoint": {"@type": "ContactPoint"}}, {"produces": "x"}, {"provider": "局"}]:
        if not schema_errors({**service, **spoilt}, vocabulary):
            fail(f"the vocabulary accepts {spoilt}")


# The table, the descriptions, the feeds.


def check_table(count):
    raw = (SITE / "data/items.csv").read_bytes()
    if not raw.startswith(b"\xef\xbb\xbf"):
        fail("items.csv has no byte order mark")
    with open(SITE / "data/items.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if len(rows) != count:
        fail(f"items.csv has {len(rows)} rows for {count} items")
    for row in rows:
        record = read(f"items/{row['代号']}/index.json")
        if row["事项名称"] != record["identity"]["name"] or row["实施编码"].strip() != (record["identity"]["code"] or ""):
            fail(f"items.csv says something else of {row['代号']}")
        if None in row or any(value[:1] in "=+-@" for value in row.values() if value):
            fail(f"items.csv: a cell of {row['代号']} is a formula")


def check_xml():
    search = xml.parse(SITE / "opensearch.xml").getroot()
    name = "{http://a9.com/-/spec/opensearch/1.1/}"
    if search.tag != f"{name}OpenSearchDescription" or len(search.findtext(f"{name}ShortName")) > 16:
        fail("opensearch.xml is no description of a search")
    if "{searchTerms}" not in search.find(f"{name}Url").get("template"):
        fail("opensearch.xml has no place for what is searched")
    sitemap = xml.parse(SITE / "sitemap.xml").getroot()
    tag = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    if sitemap.tag not in [f"{tag}urlset", f"{tag}sitemapindex"]:
        fail("sitemap.xml is no site map")
    for entry in sitemap:
        day = entry.findtext(f"{tag}lastmod")
        if day is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            fail(f"sitemap.xml: {day} is no day")
    return sum(check_feed(path) for path in SITE.rglob("feed.xml"))


def check_feed(path):
    """What RFC 4287 says a feed must have, and must have once."""
    atom = "{http://www.w3.org/2005/Atom}"
    feed = xml.parse(path).getroot()

    def once(node, name):
        found = node.findall(atom + name)
        if len(found) != 1 or not (found[0].text or "").strip():
            fail(f"{path}: {len(found)} {name} in {node.tag}")
        return found[0].text

    stamp = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
    ids = [once(feed, "id")]
    once(feed, "title")
    selves = [link for link in feed.findall(atom + "link") if link.get("rel") == "self"]
    if feed.tag != f"{atom}feed" or len(selves) != 1:
        fail(f"{path}: no feed with one link to itself")
    for node in [feed, *feed.findall(atom + "entry")]:
        if not stamp.fullmatch(once(node, "updated")):
            fail(f"{path}: updated is no moment")
        if not (node.findall(f"{atom}author/{atom}name") or feed.findall(f"{atom}author/{atom}name")):
            fail(f"{path}: nobody is the author")
        for link in node.findall(atom + "link"):
            if not (link.get("href") or "").startswith("https://"):
                fail(f"{path}: a link leads nowhere")
    for entry in feed.findall(atom + "entry"):
        ids.append(once(entry, "id"))
        once(entry, "title")
        content = entry.find(atom + "content")
        has_link = any(link.get("rel") == "alternate" for link in entry.findall(atom + "link"))
        if content is None and not has_link:
            fail(f"{path}: an entry without content and link")
        if content is not None and content.get("type") not in ["text", "html", "xhtml"]:
            fail(f"{path}: content of no type")
    if len(ids) != len(set(ids)) or not all(re.match(r"[a-z]+:", one) for one in ids):
        fail(f"{path}: ids are not unique IRIs")
    return 1


def check_catalogue():
    graph = rdflib.Graph().parse(SITE / "data/catalogue.jsonld", format="json-ld")
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    urls = [str(url) for url in graph.objects(None, dcat.downloadURL)]
    if len(urls) < 8:
        fail("the catalogue names too few files")
    base = read("data/schema/item.json")["$id"].removesuffix("data/schema/item.json")
    for url in urls:
        if not url.startswith(base) or not (SITE / url.removeprefix(base)).is_file():
            fail(f"the catalogue names {url}, which is not there")


count = check_json()
check_cases()
check_performance()
check_bundles()
check_cpsv()
check_pages()
check_table(count)
feeds = check_xml()
check_catalogue()
print(f"{count} items in JSON, JSON-LD and CPSV-AP, the lists, the table, {feeds} feeds and the descriptions are as they should be")
