"""Exports projects in every format and lets the software that they are made for read them."""

import csv
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
import traceback
from collections import Counter
from pathlib import Path

import projects

ROOT = Path(__file__).resolve().parents[2]


class Export:
    """A project in one format."""

    def __init__(self, jejak, project, name, folder, *options):
        self.project, self.dir = project, folder
        command = [jejak, "export", project.dir, "--format", name, "--set", project.annotator, "--out", folder,
                   "--allow-loss", "--json", *options]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        self.loss = {what: count["count"] for what, count in json.loads(done.stdout)["loss"].items()}

    def file(self, article, *suffixes):
        """The file of an article alone, as the list of files says."""
        parts = json.loads((self.dir / "manifest.json").read_text())["parts"]
        (files,) = [one["files"] for part in parts for one in part["articles"] if one["id"] == article]
        (path,) = [self.dir / file for file in files if file.endswith(suffixes)]
        return path

    def lost(self, *names):
        return sum(self.loss.get(name, 0) for name in names)

    def compare(self, article, found, exact=True):
        """Every span that was found is in the project, and none is missing that was not counted as lost."""
        known = self.project.extents(article)
        found = Counter(found)
        if exact:
            assert found == known, f"{article}: missing {known - found}, too many {found - known}"
        return sum((known - found).values()), sum((found - known).values())

    def whole(self, spans_of):
        """All articles at once: what differs is what the loss report counts."""
        missing = extra = 0
        for article in self.project.articles:
            less, more = self.compare(article, spans_of(article), exact=False)
            missing, extra = missing + less, extra + more
        gone = self.lost("mention", "frame", "zone", "overlap")
        changed = self.lost("alignment")
        # A span that is widened is missing as it was and found as it is.
        assert extra <= changed, f"{extra} spans are not the project's, {changed} were widened"
        assert missing - extra <= gone, f"{missing} spans are missing, {gone} were lost"


def utf16(text):
    """The code point at each UTF-16 unit."""
    places = []
    for at, char in enumerate(text):
        places += [at] * (2 if ord(char) > 0xFFFF else 1)
    return places + [len(text)]


def jsonl(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


# One function for each format.


def jejak_jsonl(export):
    import jsonschema

    schema = json.loads((ROOT / "assets/formats/jejak-jsonl.schema.json").read_text())
    check = jsonschema.Draft202012Validator(schema)
    lines = jsonl(export.dir / "jejak.jsonl")
    for line in lines:
        check.validate(line)
    assert not export.loss
    if export.project.name == "troubles":
        assert lines[0]["comments"] == projects.TALK
        assert lines[0]["sets"][0]["decisions"] == projects.DECIDED
    articles = {line["article"]["id"]: line for line in lines if "text" in line}
    assert articles.keys() == export.project.articles.keys()
    for id, line in articles.items():
        assert line["text"] == export.project.articles[id].text
        records = [one for one in line["sets"][0]["annotations"] if one["spans"]]
        for record in records:
            assert all(line["text"][at["start"]:at["end"]] == at["text"] for at in record["spans"])
        found = [(one["label"], tuple((at["start"], at["end"]) for at in one["spans"])) for one in records]
        known = [(span.label, tuple(span.at)) for span in export.project.articles[id].spans]
        assert Counter(found) == Counter(known)


def conll(export):
    from seqeval.metrics.sequence_labeling import get_entities
    from seqeval.scheme import IOB2

    assert IOB2
    articles, sentence = [], []
    for line in (export.dir / "jejak.conll").read_text().split("\n"):
        if line.startswith("-DOCSTART-"):
            articles.append([])
        elif line:
            sentence.append(line.split(" ")[:1] + line.split(" ")[-1:])
        elif sentence:
            articles[-1].append(sentence)
            sentence = []
    found = total = 0
    for article, sentences in zip(export.project.articles.values(), articles, strict=True):
        known = Counter((span.label, article.text[span.at[0][0]:span.at[-1][1]].split()) and
                        (span.label, "".join(article.text[span.at[0][0]:span.at[-1][1]].split()))
                        for span in article.spans)
        total += sum(known.values())
        for sentence in sentences:
            for label, first, last in get_entities([tag for _, tag in sentence]):
                words = "".join(word for word, _ in sentence[first:last + 1])
                found += 1
                assert export.lost("alignment") or known[(label, words)] > 0, (article.id, label, words)
    gone = export.lost("mention", "frame", "zone", "document-label", "overlap")
    assert total - found <= gone, f"{found} of {total}, {gone} lost"
    assert found > 0


def spacy(export):
    import spacy as software
    from spacy.tokens import DocBin

    nlp = software.blank("xx")
    docs = list(DocBin().from_disk(export.dir / "jejak.spacy").get_docs(nlp.vocab))
    by_id = {doc.user_data["id"]: doc for doc in docs}
    assert by_id.keys() == export.project.articles.keys()
    for id, doc in by_id.items():
        assert doc.text == export.project.articles[id].text, (doc.text, export.project.articles[id].text)
        every = [(span.label_, span.start_char, span.end_char) for span in doc.spans["sc"]]
        for ent in doc.ents:
            assert (ent.label_, ent.start_char, ent.end_char) in every
            assert ent.text == doc.text[ent.start_char:ent.end_char] and not ent.text.isspace()
    export.whole(lambda id: [(s.label_, s.start_char, s.end_char) for s in by_id[id].spans["sc"]])
    assert any(doc.ents for doc in docs)


def hf(export):
    import datasets
    import mlcroissant

    with tempfile.TemporaryDirectory() as cache:
        data = datasets.load_dataset(str(export.dir), cache_dir=cache)["train"]
        label = data.features["annotations"].feature["label"]
        tags = data.features["ner_tags"].feature
        assert isinstance(label, datasets.ClassLabel) and isinstance(tags, datasets.ClassLabel)
        rows = {row["id"]: row for row in data}
    assert rows.keys() == export.project.articles.keys()
    for id, row in rows.items():
        assert row["text"] == export.project.articles[id].text
        assert len(row["tokens"]) == len(row["ner_tags"])
        for one in row["annotations"]:
            assert one["text"] == " ".join(row["text"][at["start"]:at["end"]] for at in one["fragments"])
        spans = [one for one in row["annotations"] if one["start"] >= 0]
        export.compare(id, [(label.int2str(one["label"]), one["start"], one["end"]) for one in spans])
        found = [tuple((at["start"], at["end"]) for at in one["fragments"]) for one in spans]
        assert Counter(found) == Counter(tuple(span.at) for span in export.project.articles[id].spans)
    lines = {line["id"]: line for line in jsonl(export.dir / "data.jsonl")}
    for id, line in lines.items():
        named = [{**one, "label": label.int2str(one["label"])} for one in rows[id]["annotations"]]
        assert line["annotations"] == named and line["referents"] == rows[id]["referents"]
        assert line["ner_tags"] == tags.int2str(rows[id]["ner_tags"])
    described = mlcroissant.Dataset(jsonld=export.dir / "croissant.json")
    assert not described.metadata.issues.errors, described.metadata.issues.report()
    records = list(described.records("train"))
    texts = {record["train/id"].decode(): record["train/text"].decode() for record in records}
    assert texts == {id: article.text for id, article in export.project.articles.items()}


def brat(export):
    for id, article in export.project.articles.items():
        text = export.file(id, ".txt").read_bytes().decode()
        assert text == article.text
        found = []
        for line in export.file(id, ".ann").read_text().split("\n"):
            if line.startswith("T"):
                _, typed, said = line.split("\t", 2)
                label, places = typed.split(" ", 1)
                at = [tuple(map(int, place.split(" "))) for place in places.split(";")]
                assert said == " ".join(text[start:end] for start, end in at).replace("\n", " ").replace("\t", " ")
                found.append((label, at[0][0], at[-1][1]))
        export.compare(id, found, exact=not export.loss.get("name"))


def doccano(export):
    records = {record.get("meta", record).get("id", record.get("id")): record for record in
               jsonl(export.dir / "doccano.jsonl")}
    by_text = {record["text"]: record for record in records.values()}

    def spans(id):
        text = export.project.articles[id].text
        units = utf16(text)
        entities = by_text[text]["entities"]
        return [(one["label"], units[one["start_offset"]], units[one["end_offset"]]) for one in entities]

    export.whole(spans)


def prodigy(export):
    import spacy as software

    nlp = software.blank("xx")
    records = {record["meta"]["id"]: record for record in jsonl(export.dir / "prodigy.jsonl")}
    for record in records.values():
        # What Prodigy does with its input: tokens and spaces give the text, and spans are of whole tokens.
        for one in record["spans"]:
            if "token_start" not in one:
                continue  # Part of a word.
            tokens = record["tokens"][one["token_start"]:one["token_end"] + 1]
            assert (tokens[0]["start"], tokens[-1]["end"]) == (one["start"], one["end"]), (one, tokens)
        assert nlp.make_doc(record["text"]).text == record["text"]
    export.whole(lambda id: [(one["label"], one["start"], one["end"]) for one in records[id]["spans"]])


def pubannotation(export):
    for id, article in export.project.articles.items():
        record = json.loads((export.file(id, ".json")).read_text())
        assert record["text"] == article.text
        units = utf16(article.text)
        found = []
        for one in record["denotations"]:
            spans = one["span"] if isinstance(one["span"], list) else [one["span"]]
            found.append((one["obj"], units[spans[0]["begin"]], units[spans[-1]["end"]]))
        export.compare(id, found, exact=not export.lost("mention", "frame", "zone"))


def label_studio(export):
    from label_studio_sdk.converter import Converter

    tasks = json.loads((export.dir / "tasks.json").read_text())
    config = (export.dir / "config.xml").read_text()
    by_id = {task["data"]["id"]: task for task in tasks}

    def spans(id):
        text = export.project.articles[id].text
        results = [one for one in by_id[id]["annotations"][0]["result"] if one["type"] == "labels"]
        for one in results:
            assert one["value"]["text"] == text[one["value"]["start"]:one["value"]["end"]]
        return [(one["value"]["labels"][0], one["value"]["start"], one["value"]["end"]) for one in results]

    export.whole(spans)
    # Its own converter reads the configuration and the tasks, and finds every label where it was.
    converter = Converter(config, str(export.dir))
    with tempfile.TemporaryDirectory() as out:
        converter.convert_to_json_min(str(export.dir / "tasks.json"), out, is_dir=False)
        for task in json.loads((Path(out) / "result.json").read_text()):
            labels = task.get("label", [])
            kept = [(label, one["start"], one["end"]) for one in labels for label in one["labels"]]
            by_text = {article.text: id for id, article in export.project.articles.items()}
            assert Counter(kept) == Counter(spans(by_text[task["text"]])), task["text"]
    with tempfile.TemporaryDirectory() as out:
        converter.convert_to_conll2003(str(export.dir / "tasks.json"), out, is_dir=False)
        assert (Path(out) / "result.conll").stat().st_size > 0


def w3c(export):
    for id, article in export.project.articles.items():
        page = json.loads(export.file(id, ".jsonld").read_text())
        text = export.file(id, ".txt").read_bytes().decode()
        found = []
        for one in page["items"]:
            target = one["target"] if isinstance(one["target"], list) else [one["target"]]
            if one["motivation"] != "tagging" or isinstance(target[0], str):
                continue
            at = []
            for place in target:
                position, quote = place["selector"]
                at.append((position["start"], position["end"]))
                assert text[position["start"]:position["end"]] == quote["exact"]
                assert text[:position["start"]].endswith(quote["prefix"])
                assert text[position["end"]:].startswith(quote["suffix"])
            found.append((one["body"][0]["value"], at[0][0], at[-1][1]))
        export.compare(id, found)


def csv_tables(export):
    import pandas

    tables = {file.stem: pandas.read_csv(file, dtype=str, keep_default_na=False) for file in export.dir.glob("*.csv")}
    for table in tables.values():
        for row in table.itertuples(index=False):
            assert not any(str(cell).startswith(("=", "+", "@")) for cell in row), row
    with open(export.dir / "mentions.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(tables["mentions"])
    for id, article in export.project.articles.items():
        found = [(row["label"], int(row["start"]), int(row["end"])) for row in rows
                 if row["article"] == id and row["start"]]
        known = export.project.extents(id)
        assert not Counter(found) - known, Counter(found) - known


def cas(export, load):
    import cassis

    with open(next(export.dir.rglob("[Tt]ype[Ss]ystem.xml")), "rb") as file:
        types = cassis.load_typesystem(file)
    for id, article in export.project.articles.items():
        with open(export.file(id, ".xmi", ".json"), "rb") as file:
            view = load(file, types)
        assert view.sofa_string == article.text
        compare_words(export, article, view)


def compare_words(export, article, view):
    """Each span's words, as a whole or fragment by fragment, are those of some annotation."""
    text = ("Token", "Sentence", "DocumentMetaData", "DocumentAnnotation")
    said = Counter(one.get_covered_text() for one in view.select_all_fs()
                   if getattr(one, "begin", None) is not None and not one.type.name.endswith(text))
    missing = [span for span in article.spans
               if not said[article.text[span.at[0][0]:span.at[-1][1]]]
               and not all(said[article.text[start:end]] for start, end in span.at)]
    assert len(missing) <= export.lost("mention", "frame", "zone", "overlap"), (article.id, missing)


def cas_xmi(export):
    import cassis

    cas(export, lambda file, types: cassis.load_cas_from_xmi(file, typesystem=types))


def cas_json(export):
    import cassis

    for id, article in export.project.articles.items():
        with open(export.file(id, ".json"), "rb") as file:
            view = cassis.load_cas_from_json(file)
        assert view.sofa_string == article.text
        compare_words(export, article, view)


def unspaced(text):
    return "".join(text.split())


def words(export, id, found):
    """Label and words of spans, white space aside: each is the project's, where none was widened or renamed."""
    article = export.project.articles[id]
    known = Counter((span.label, unspaced(article.text[span.at[0][0]:span.at[-1][1]])) for span in article.spans)
    extra = Counter(found) - known
    assert not extra or export.lost("alignment", "name"), (id, extra)


def wikievents(export):
    for record in jsonl(export.dir / "wikievents.jsonl"):
        text = export.project.articles[record["doc_id"]].text
        assert record["text"] == text
        tokens = [token for sentence, _ in record["sentences"] for token in sentence]
        assert [word for word, _, _ in tokens] == record["tokens"]
        assert all(text[start:end] == word for word, start, end in tokens)
        found = []
        for one in record["entity_mentions"] + [event["trigger"] | event for event in record["event_mentions"]]:
            start, end = tokens[one["start"]][1], tokens[one["end"] - 1][2]
            assert unspaced(text[start:end]) == unspaced(one["text"])
            found.append((one.get("entity_type") or one.get("event_type"), unspaced(one["text"])))
        words(export, record["doc_id"], found)
        named = {one["id"] for one in record["entity_mentions"] + record["event_mentions"]}
        filled = {one["entity_id"] for event in record["event_mentions"] for one in event["arguments"]}
        assert filled <= named


def rams(export):
    for record in jsonl(export.dir / "rams.jsonl"):
        tokens = [token for sentence in record["sentences"] for token in sentence]
        text = export.project.articles[record["doc_key"]].text
        assert unspaced(text) == unspaced("".join(tokens))
        triggers = [(kinds[0][0], unspaced("".join(tokens[first:last + 1])))
                    for first, last, kinds in record["evt_triggers"]]
        words(export, record["doc_key"], triggers)
        places = {(first, last) for first, last, _ in record["evt_triggers"] + record["ent_spans"]}
        assert all(tuple(end) in places for one in record["gold_evt_links"] for end in one[:2])


def muc4(export):
    for record in jsonl(export.dir / "muc4.jsonl"):
        text = export.project.articles[record["docid"]].text
        assert record["doctext"] == text
        for template in record["templates"]:
            for fillers in (value for name, value in template.items() if name != "incident_type"):
                for words, start in (mention for entity in fillers for mention in entity):
                    assert text[start:start + len(words)] == words, (record["docid"], words, start)


def ecb(export):
    import xml.etree.ElementTree as tree

    for id, article in export.project.articles.items():
        document = tree.parse(export.file(id, ".xml")).getroot()
        tokens = {token.get("t_id"): token.text for token in document.iter("token")}
        assert unspaced("".join(tokens.values())) == unspaced(article.text)
        known = {unspaced(article.text[start:end]) for span in article.spans
                 for start, end in [*span.at, (span.at[0][0], span.at[-1][1])]}
        for markable in document.find("Markables"):
            anchors = [tokens[anchor.get("t_id")] for anchor in markable.iter("token_anchor")]
            assert not anchors or unspaced("".join(anchors)) in known or export.lost("alignment"), (id, anchors)


def webanno_tsv(export):
    for id, article in export.project.articles.items():
        units = utf16(article.text)
        rows = [line.split("\t") for line in export.file(id, ".tsv").read_bytes().decode().split("\n")]
        rows = [row for row in rows if row[0][:1].isdigit() and "." not in row[0]]
        assert rows or not article.text.strip()
        for row in rows:
            start, end = (units[int(place)] for place in row[1].split("-"))
            assert article.text[start:end] == row[2].replace("\\", ""), (id, row)


def readable(export):
    """A format that no program here reads: every JSON or XML file is one, and every other is text."""
    import xml.etree.ElementTree as tree

    files = [path for path in export.dir.rglob("*") if path.is_file()]
    assert files
    for path in files:
        if path.suffix == ".json":
            json.loads(path.read_text())
        elif path.suffix == ".jsonl":
            jsonl(path)
        elif path.suffix in (".xml", ".xmi"):
            tree.parse(path)
        else:
            path.read_text()


CHECKS = {
    "jejak-jsonl": jejak_jsonl,
    "conll": conll,
    "spacy": spacy,
    "hf": hf,
    "brat": brat,
    "doccano": doccano,
    "prodigy": prodigy,
    "pubannotation": pubannotation,
    "label-studio": label_studio,
    "w3c": w3c,
    "csv": csv_tables,
    "cas-xmi": cas_xmi,
    "cas-json": cas_json,
    "webanno-tsv3": webanno_tsv,
    "wikievents": wikievents,
    "rams": rams,
    "muc4": muc4,
    "ecb": ecb,
}


# What goes beyond one format.


def splits(jejak, project, home):
    """The parts of a split are read as one data set with three parts."""
    import datasets
    from spacy.tokens import DocBin

    options = ["--split", "60/20/20", "--seed", "5", "--licence", "CC-BY-4.0"]
    export = Export(jejak, project, "hf", home / "split-hf", *options)
    with tempfile.TemporaryDirectory() as cache:
        data = datasets.load_dataset(str(export.dir), cache_dir=cache)
        assert set(data) == {"train", "validation", "test"}
        assert sum(len(part) for part in data.values()) == len(project.articles)
    parts = json.loads((export.dir / "manifest.json").read_text())["parts"]
    export = Export(jejak, project, "spacy", home / "split-spacy", *options)
    for part in parts:
        docs = DocBin().from_disk(export.dir / f"{part['name']}.spacy")
        assert len(docs) == len(part["articles"])


def bound(jejak, project, home):
    """Where trips leave a part empty, the others are read."""
    import datasets

    export = Export(jejak, project, "hf", home / "bound-hf", "--split", "60/20/20", "--group", "trip,source")
    with tempfile.TemporaryDirectory() as cache:
        data = datasets.load_dataset(str(export.dir), cache_dir=cache)
        assert sum(len(part) for part in data.values()) == len(project.articles)


def training(jejak, project, home):
    """spaCy trains on the export as it is."""
    export = Export(jejak, project, "spacy", home / "training", "--split", "70/15/15", "--seed", "1")
    python = [sys.executable, "-m", "spacy"]
    config = home / "config.cfg"
    subprocess.run([*python, "init", "config", config, "--lang", "xx", "--pipeline", "ner"], check=True,
                   capture_output=True)
    command = [*python, "train", config, "--output", home / "model", "--paths.train", export.dir / "train.spacy",
               "--paths.dev", export.dir / "dev.spacy", "--training.max_steps", "20", "--training.eval_frequency", "10"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (home / "model/model-last/ner").is_dir()


def suggested(jejak, project, home, arguments):
    """The suggestions of a program of the settings, for every article of a project."""
    arguments = ", ".join(json.dumps(str(one)) for one in arguments)
    program = f'(name: "other", program: {json.dumps(sys.executable)}, arguments: [{arguments}], seconds: 120)'
    settings = home / "settings"
    settings.mkdir(exist_ok=True)
    (settings / "settings.ron").write_text(f"(suggesting: (programs: [{program}]))")
    ids = ",".join(project.articles)
    command = [jejak, "suggest", project.dir, "--source", "command:other", "--articles", ids, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "JEJAK_CONFIG": str(settings)})
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def spacy_source(jejak, project, home):
    """The example asks spaCy, and what it finds stands where spaCy says."""
    import spacy as software

    nlp = software.blank("xx")
    names = [("PERSON", "Arya"), ("GPE", "Kalvera"), ("ORG", "KPA"), ("PRODUCT", "Gedung")]
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": words} for label, words in names])
    nlp.to_disk(home / "pipeline")
    found, _ = suggested(jejak, project, home, [ROOT / "examples/spacy_source.py", home / "pipeline"])
    usual = {"PERSON": "person", "GPE": "place", "ORG": "organization"}
    wanted = set()
    for id, article in project.articles.items():
        ents = [ent for ent in nlp(article.text).ents if ent.label_ in usual]
        wanted |= {(id, usual[ent.label_], ent.start_char, ent.end_char) for ent in ents}
    there = {(one["article"], one["label"], one["start"], one["end"]) for one in found}
    assert wanted and there == wanted, wanted ^ there


def server_source(jejak, project, home):
    """The example speaks with both kinds of server; what they say beside what was asked for is left out."""
    asked = []

    class Server(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_POST(self):
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append((self.path, question["model"]))
            said = {"suggestions": [{"label": "person", "quote": "Arya", "score": 0.8, "why": "a name"}, {"label": 3}]}
            content = "no idea" if question["model"] == "poor" else f"Here it is: {json.dumps(said)} Good luck!"
            message = {"message": {"role": "assistant", "content": content}}
            body = json.dumps(message if self.path == "/api/chat" else {"choices": [message]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    example = ROOT / "examples/model_server_source.py"
    for path, more in [("/v1/chat/completions", []), ("/api/chat", ["--ollama"])]:
        asked.clear()
        found, _ = suggested(jejak, project, home, [example, address, "small", *more])
        assert asked == [(path, "small")] * len(project.articles), asked
        assert found and all((one["quote"], one["label"]) == ("Arya", "person") for one in found), found
    found, told = suggested(jejak, project, home, [example, address, "poor"])
    assert not found and "poor answered with something else than was asked for" in told, told
    server.shutdown()


def figures(jejak, home):
    """nervaluate and seqeval measure what `jejak evaluate` measures, on predictions that differ in every way."""
    from nervaluate import Evaluator
    from seqeval.metrics import f1_score
    from seqeval.scheme import IOB2

    gold, predicted, lines = [], [], []
    for number in range(30):
        words = [f"kata{number}x{at}" for at in range(40)]
        text = " ".join(words)
        starts = [text.index(word) for word in words]
        marks, guesses = [], []
        for at in range(1, 36, 6):
            length, label = 1 + (at + number) % 3, ["person", "place", "date"][(at + number) % 3]
            marks.append((label, at, at + length))
            match (number * 7 + at) % 6:
                case 0:
                    guesses.append(("date" if label != "date" else "place", at, at + length))
                case 1:
                    guesses.append((label, at, at + length + 1))
                case 2:
                    guesses.append((label, at + 4, at + 5))
                case 3 | 4:
                    guesses.append((label, at, at + length))
        gold.append(marks)
        predicted.append(guesses)

        def spans(marks):
            return [projects.Span(label, [(starts[first], starts[last - 1] + len(words[last - 1]))])
                    for label, first, last in marks]

        one = projects.line(projects.Article(f"{number:03}", text, spans(marks)), f"figures {number}")
        other = projects.line(projects.Article(f"{number:03}", text, spans(guesses)), "", annotator="model")
        lines.append({**one, "sets": one["sets"] + other["sets"]})
    projects.project(jejak, home / "figures", lines, [])
    command = [jejak, "evaluate", home / "figures", "--gold", "gold", "--pred", "model", "--json"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = map(json.loads, said.splitlines())
    ours = {line["figure"]: line["value"] for line in lines if "figure" in line and line.get("of") in ("all", "model")}

    def dicts(articles):
        return [[{"label": label, "start": first, "end": last - 1} for label, first, last in marks]
                for marks in articles]

    theirs = Evaluator(dicts(gold), dicts(predicted), tags=["person", "place", "date"]).evaluate()["overall"]
    for scheme, name in [("strict", "strict"), ("exact", "exact"), ("partial", "partial"), ("ent_type", "type")]:
        assert abs(theirs[scheme].f1 - ours[f"mentions {name}"]) < 1e-6, (name, theirs[scheme].f1, ours)

    def tags(articles):
        rows = [["O"] * 40 for _ in articles]
        for row, marks in zip(rows, articles):
            for label, first, last in marks:
                row[first:last] = [f"B-{label}"] + [f"I-{label}"] * (last - first - 1)
        return rows

    strict = f1_score(tags(gold), tags(predicted), mode="strict", scheme=IOB2)
    assert abs(strict - ours["mentions strict"]) < 1e-6, (strict, ours["mentions strict"])


def main():
    jejak = str(Path(sys.argv[1]).resolve())
    wanted = sys.argv[2:]
    listed = subprocess.run([jejak, "formats", "--json"], check=True, capture_output=True, text=True).stdout
    # Formats that are only read write nothing to look at.
    formats = [one["name"] for one in json.loads(listed)["formats"] if one["writes"]]
    missing = CHECKS.keys() - formats
    failed = [f"{name}: no such format" for name in sorted(missing & set(wanted))]

    def attempt(name, check, *arguments):
        if wanted and name.split(" ")[0] not in wanted:
            return
        try:
            check(*arguments)
            print(f"ok      {name}", flush=True)
        except Exception:  # Everything that a check says, whatever it is.
            failed.append(name)
            print(f"FAILED  {name}\n{traceback.format_exc()}", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        sample = projects.sample(ROOT)
        made = [sample, projects.troubles(jejak, home), projects.many(jejak, home)]
        for name in formats:
            for project in made:
                def check(name=name, project=project):
                    options = ["--json-lines"] if name == "hf" else []
                    export = Export(jejak, project, name, home / f"{project.name}-{name}", *options)
                    CHECKS.get(name, readable)(export)
                    if project.name == "troubles" and name != "jejak-jsonl":
                        lost = export.lost("comment"), export.lost("decision")
                        assert lost == (len(projects.TALK), len(projects.DECIDED)), lost

                attempt(f"{name} {project.name}", check)
        attempt("splits", splits, jejak, made[2], home)
        attempt("splits bound", bound, jejak, sample, home)
        attempt("training", training, jejak, made[2], home)
        attempt("spacy-source", spacy_source, jejak, sample, home)
        attempt("server-source", server_source, jejak, sample, home)
        attempt("figures", figures, jejak, home)
    if failed:
        sys.exit(f"{len(failed)} checks failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
