"""Projects with every trouble, and what is in them, told without any code of Jejak's."""

import hashlib
import json
import re
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Span:
    label: str
    at: list  # (start, end) in code points


@dataclass
class Article:
    id: str
    text: str
    spans: list = field(default_factory=list)

    def quote(self, span):
        return " ".join(self.text[start:end] for start, end in span.at)


@dataclass
class Project:
    name: str
    dir: Path
    annotator: str
    articles: dict  # by id

    def extents(self, article):
        """Label, first code point, one past the last: of every span, as many times as it is there."""
        spans = self.articles[article].spans
        return Counter((span.label, span.at[0][0], span.at[-1][1]) for span in spans)


def unescaped(quote):
    """A string of RON without its escapes."""
    named = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}

    def plain(found):
        return chr(int(found[1], 16)) if found[1] else named.get(found[2], found[2])

    return re.sub(r"\\(?:u\{([0-9a-fA-F]+)\}|(.))", plain, quote)


def sample(root):
    """The project that comes with the program, from the text of its files."""
    folder = root / "projects/perjalanan"
    articles = {}
    for text in sorted(folder.glob("articles/*.txt")):
        article = Article(text.stem, text.read_bytes().decode())
        for line in (folder / f"sets/a/{text.stem}.ron").read_text().splitlines():
            found = re.match(r'  \(id: "([^"]*)", label: "([^"]*)",(?: at: \[(.*?"\))\],)?', line)
            if not found or not found[3]:
                continue
            at = []
            for start, end, quote in re.findall(r'\((\d+), (\d+), "((?:[^"\\]|\\.)*)"\)', found[3]):
                start, end = int(start), int(end)
                said = unescaped(quote)
                assert article.text[start:end] == said, (line, article.text[start:end])
                at.append((start, end))
            article.spans.append(Span(found[2], at))
        articles[article.id] = article
    assert sum(len(article.spans) for article in articles.values()) > 300
    return Project("sample", folder, "a", articles)


def find(text, words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return (start, start + len(words))


# Texts, and the spans in them as label and words; several words are fragments.
TROUBLES = {
    "astral": ("🛬 Ratu Sari 🇮🇩 tiba di 𝔎ota Awan 👩‍👩‍👧 kemarin.", [
        ("person", ["Ratu Sari"]), ("place", ["𝔎ota Awan"]), ("thing", ["👩‍👩‍👧"]), ("date", ["kemarin"])]),
    "marks": ("Café e\u0301lan, na\u0308ive Ke\u0301vin pergi ke São Paulo.", [
        ("person", ["Ke\u0301vin"]), ("place", ["São Paulo"]), ("thing", ["e\u0301lan"])]),
    "right-to-left": ("הגיעה המלכה שרה אל ירושלים ביום שני.\nوصلت الملكة إلى القاهرة أمس.", [
        ("person", ["המלכה שרה"]), ("place", ["ירושלים"]), ("place", ["القاهرة"])]),
    "unspaced": ("女王は東京に到着した。 ราชินีเสด็จถึงกรุงเทพ", [("place", ["東京"])]),
    "nested": ("Menteri Luar Negeri Kota Awan Ratih Laras tiba.", [
        ("title", ["Menteri Luar Negeri Kota Awan"]), ("place", ["Kota Awan"]), ("person", ["Ratih Laras"]),
        ("role", ["Menteri Luar Negeri Kota Awan Ratih Laras"])]),
    "overlapping": ("Bandar Laut Utara Raya", [
        ("place", ["Bandar Laut Utara"]), ("thing", ["Laut Utara Raya"]), ("place", ["Bandar Laut Utara"]),
        ("thing", ["Bandar Laut Utara"])]),
    "discontinuous": ("Ratu Sari dan Dewi dari Kota Tua dan Baru.", [
        ("person", ["Ratu", "Dewi"]), ("place", ["Kota", "Baru"]), ("place", ["Kota Tua"])]),
    "empty": ("Tidak ada apa pun di sini.", []),
    "lines": ("Judul\n\n\n  Ratu\u00a0Sari \t tiba.\n\nBaca juga: =1+1\nKota \"Awan\", @kota\n", [
        ("person", ["Ratu\u00a0Sari"]), ("place", ["\"Awan\""]), ("thing", ["=1+1"])]),
    "windows": ("Ratu Sari\ntiba di Kota Awan\nkemarin.\n", [
        ("person", ["Ratu Sari"]), ("place", ["Kota Awan"]), ("date", ["kemarin"])]),
}


BY = {"by": "gold", "at": "2026-01-05T09:00:00Z", "via": "hand"}

# What is said in the first article, and decided about it.
TALK = [
    {"by": "gold", "id": "q1", "annotation": {"of": "gold", "id": "s0"}, "text": "Orang? 🛬", "origin": BY,
     "spans": [{"start": 0, "end": 9, "text": "Ratu Sari"}]},
    {"by": "siti", "id": "q1", "answers": {"of": "gold", "id": "q1"}, "text": "Ya.", "mark": "resolved",
     "origin": {**BY, "by": "siti", "at": "2026-01-05T09:00:01Z"}},
    {"by": "gold", "id": "q2", "text": "Selesai?", "origin": {**BY, "at": "2026-01-05T09:00:02Z"}},
]
DECIDED = [{"id": "k1", "slot": "label", "annotation": ["s0"], "of": [{"of": "a", "id": "s0"}], "inputs": "00ff",
            "origin": {**BY, "via": "decision", "adopted": ["a"]}}]


def troubles(jejak, home):
    """One article for each trouble; that of `windows` comes from a file with CR LF, and is talked about."""
    articles, lines = {}, []
    windows = home / "windows.txt"
    windows.write_bytes(TROUBLES["windows"][0].replace("\n", "\r\n").encode())
    for number, (name, (text, marks)) in enumerate(sorted(TROUBLES.items(), key=lambda one: one[0] != "windows")):
        article = Article(f"{number:03}", text)
        for label, words in marks:
            article.spans.append(Span(label, [find(text, one) for one in words]))
        articles[article.id] = article
        lines.append(line(article, name))
    lines[0]["comments"] = TALK
    lines[0]["sets"][0]["decisions"] = DECIDED
    project(jejak, home / "troubles", lines, [windows])
    return Project("troubles", home / "troubles", "gold", articles)


def many(jejak, home):
    """Forty articles with a hundred labels."""
    articles, lines = {}, []
    for number in range(40):
        words = [f"kata{number}x{at}" for at in range(60)]
        article = Article(f"{number:03}", " ".join(words) + ".")
        for at in range(0, 60, 4):
            label = f"label-{(number * 15 + at) % 100:02}"
            start = article.text.index(words[at])
            end = article.text.index(words[at + at % 3]) + len(words[at + at % 3])
            article.spans.append(Span(label, [(start, end)]))
        articles[article.id] = article
        lines.append(line(article, f"many {number}"))
    project(jejak, home / "many", lines, [])
    return Project("many", home / "many", "gold", articles)


def line(article, title, annotator="gold"):
    spans = [
        {"id": f"s{number}", "label": span.label,
         "spans": [{"start": start, "end": end, "text": article.text[start:end]} for start, end in span.at]}
        for number, span in enumerate(article.spans)
    ]
    known = {"id": article.id, "title": title, "sha256": hashlib.sha256(article.text.encode()).hexdigest()}
    return {"jejak_jsonl": 1, "article": known, "text": article.text,
            "sets": [{"annotator": annotator, "progress": "done", "annotations": spans}]}


def project(jejak, folder, lines, files):
    """Makes a project of some files and imports these lines."""
    subprocess.run([jejak, "new", folder, *files], check=True, capture_output=True)
    source = folder.with_suffix(".jsonl")
    source.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines))
    command = [jejak, "import", folder, "--format", "jejak-jsonl", "--annotator", lines[0]["sets"][0]["annotator"],
               source, "--extend-schema", "--json"]
    done = subprocess.run(command, capture_output=True, text=True)
    outcome = json.loads(done.stdout)
    assert not outcome["problems"], outcome["problems"]
    known = len(files)
    assert outcome["articles"] == {"added": len(lines) - known, "known": known}, outcome
