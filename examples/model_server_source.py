"""A source of suggestions for Jejak: a language model on a server of one's own, asked over HTTP.

Jejak gives a line of JSON for each article and takes a line back (docs/suggestions.md, "Programs of one's own"). In Jejak: Sources of
suggestions, Add a program: program `python3`, arguments the path of this file and these, and a limit that the model can keep:

    python3 model_server_source.py ADDRESS MODEL [--ollama]

ADDRESS is that of the server: `http://localhost:8080` for one that speaks as OpenAI's does (llama.cpp, vLLM, LM Studio), or
`http://localhost:11434` with --ollama. The text of the article goes to that address and nowhere else; give one on your own machine
unless you may send your articles away. A key that the server wants stands in the environment as MODEL_SERVER_KEY.
"""

import json
import os
import sys
import urllib.error
import urllib.request

TASK = """You mark words in a newspaper article. Answer with JSON alone:
{"suggestions": [{"label": LABEL, "quote": WORDS, "before": THE FEW WORDS BEFORE THEM, "score": HOW SURE FROM 0 TO 1}]}
Copy WORDS from the article exactly, as short as the name itself. Use these labels only:
"""


def messages(question):
    entities = [label for label in question["labels"] if label["kind"] == "entity"]
    task = TASK + "".join(f"- {label['name']}: {label['title']}. {label['guide']}\n" for label in entities)
    said = [{"role": "system", "content": task}]
    names = {label["name"] for label in entities}
    # What the annotator has finished shows best what is wanted.
    for example in question["examples"]:
        marked = [mark for mark in example["suggestions"] if mark["label"] in names]
        said.append({"role": "user", "content": example["text"]})
        said.append({"role": "assistant", "content": json.dumps({"suggestions": marked}, ensure_ascii=False)})
    said.append({"role": "user", "content": question["text"]})
    return said


def request(address, model, ollama, question):
    wanted = {"model": model, "messages": messages(question), "stream": False}
    if ollama:
        path, more = "/api/chat", {"format": "json", "options": {"temperature": 0}}
    else:
        path, more = "/v1/chat/completions", {"response_format": {"type": "json_object"}, "temperature": 0}
    headers = {"Content-Type": "application/json"}
    if os.environ.get("MODEL_SERVER_KEY"):
        headers["Authorization"] = "Bearer " + os.environ["MODEL_SERVER_KEY"]
    body = json.dumps({**wanted, **more}).encode()
    with urllib.request.urlopen(urllib.request.Request(address.rstrip("/") + path, body, headers)) as reply:
        said = json.load(reply)
    return said["message"]["content"] if ollama else said["choices"][0]["message"]["content"]


def suggestions(content):
    """What a model said, as far as it is what was asked for: models add words around JSON, and fields of their own."""
    said = json.loads(content[content.index("{") : content.rindex("}") + 1])
    for one in said.get("suggestions", []):
        if isinstance(one, dict) and isinstance(one.get("label"), str) and isinstance(one.get("quote"), str):
            fields = {"label": one["label"], "quote": one["quote"], "before": str(one.get("before", ""))}
            score = one.get("score")
            if isinstance(score, (int, float)) and not isinstance(score, bool):
                fields["score"] = min(max(float(score), 0.0), 1.0)
            yield fields


def answer(address, model, ollama, question):
    try:
        return {"suggestions": list(suggestions(request(address, model, ollama, question)))}
    except urllib.error.URLError as why:
        return {"error": f"{address}: {why.reason}"}
    except (KeyError, IndexError, TypeError, AttributeError, ValueError):
        return {"error": f"{model} answered with something else than was asked for"}


def main():
    given = [argument for argument in sys.argv[1:] if argument != "--ollama"]
    if len(given) != 2:
        sys.exit("usage: model_server_source.py ADDRESS MODEL [--ollama]")
    for line in sys.stdin.buffer:
        said = answer(*given, "--ollama" in sys.argv, json.loads(line))
        sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
        sys.stdout.buffer.flush()


main()
