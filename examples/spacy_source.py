"""A source of suggestions for Jejak: the named entities of a spaCy pipeline.

Jejak gives a line of JSON for each article and takes a line back (docs/suggestions.md, "Programs of one's own"). In Jejak: Sources of
suggestions, Add a program: program `python3`, arguments the path of this file and the name of a pipeline, such as `en_core_web_sm`
(`python3 -m spacy download en_core_web_sm`) or the folder of one of your own.

    python3 spacy_source.py PIPELINE [SPACY=LABEL ...]

SPACY=LABEL says which label of the schema an entity of spaCy becomes; without any the usual names are tried. What the schema does not
have is left out.
"""

import json
import sys

import spacy

# The labels of OntoNotes and CoNLL, as the usual schema calls them.
USUAL = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organization",
    "NORP": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "DATE": "date",
}


def suggestions(doc, names, labels):
    for entity in doc.ents:
        label = names.get(entity.label_, entity.label_)
        if label in labels:
            # Python counts code points, as Jejak does. spaCy's pipelines do not say how sure they are: without a score Jejak
            # takes as much as the source was right so far.
            yield {"label": label, "quote": entity.text, "start": entity.start_char, "end": entity.end_char}


def main():
    pipeline, *given = sys.argv[1:] or ["en_core_web_sm"]
    names = {**USUAL, **dict(pair.split("=", 1) for pair in given)}
    nlp = spacy.load(pipeline)
    # Lines are UTF-8 whatever the system's encoding is.
    for line in sys.stdin.buffer:
        question = json.loads(line)
        labels = {label["name"] for label in question["labels"] if label["kind"] == "entity"}
        answer = {"suggestions": list(suggestions(nlp(question["text"]), names, labels))}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


main()
