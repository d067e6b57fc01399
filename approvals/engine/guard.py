"""What a policy may call: an allow-list of functions, looked up in the engine's own syntax tree.

Stands alone (no imports of ours): the worker loads it beside itself in a bare process. Anything that reads a clock, a
network, the process or chance is missing on purpose; such facts come with the input."""

from collections.abc import Iterator
from typing import Any

# fmt: off
ALLOWED = frozenset([
    "abs", "array.concat", "array.slice", "array.reverse", "base64.decode", "ceil", "concat", "contains", "count",
    "endswith", "floor", "format_int", "glob.match", "indexof", "intersection", "is_array", "is_boolean", "is_null",
    "is_number", "is_object", "is_set", "is_string", "json.is_valid", "json.marshal", "json.unmarshal", "lower", "max",
    "min", "net.cidr_contains", "net.cidr_is_valid", "numbers.range", "object.filter", "object.get", "object.keys",
    "object.remove", "object.subset", "object.union", "object.union_n", "product", "regex.is_valid", "regex.match",
    "regex.replace", "regex.split", "replace", "round", "semver.compare", "semver.is_valid", "sort", "split", "sprintf",
    "startswith", "strings.any_prefix_match", "strings.any_suffix_match", "strings.replace_n", "substring", "sum",
    "to_number", "trim", "trim_left", "trim_prefix", "trim_right", "trim_space", "trim_suffix", "type_name", "union",
    "upper", "walk", "units.parse_bytes", "print",
])

# Refused whatever they are bound to, so that no alias and no local rule can stand for one.
RESERVED = frozenset([
    "http", "opa", "net", "rego", "io", "crypto",
    "providers", "graphql", "rand", "uuid", "yaml", "time", "trace",
])
# fmt: on


class Forbidden(Exception):
    """`line` and `column` count from 1."""

    def __init__(self, message: str, file: str, line: int, column: int) -> None:
        super().__init__(message)
        self.file, self.line, self.column = file, line, column


def check(modules: list[dict[str, Any]]) -> None:
    """Raises Forbidden for the first call, or replacement by `with`, that is not allowed."""
    for module in modules:
        file, tree = module["source"]["file"], module["ast"]
        known = defined_in(tree) | imported_by(tree, module["source"]["contents"].encode())
        for node in every(tree):
            if isinstance(node.get("Call"), dict) and "fcn" in node["Call"]:
                check_call(node["Call"], known, file)
            for replaced in node.get("with_mods") or []:
                check_with(replaced, file)


def check_call(call: dict[str, Any], known: set[str], file: str) -> None:
    called, span = name_of(call["fcn"]), call["span"]
    root = called.split(".")[0] if called else ""
    is_ours = called in known or root == "data" or root in known
    if called not in ALLOWED and (root in RESERVED or not called or not is_ours):
        raise Forbidden(f"function not allowed: {called or 'a computed name'}", file, span["line"], span["col"])


def check_with(replaced: dict[str, Any], file: str) -> None:
    target, span = name_of(replaced["refr"]) or "", replaced["span"]
    if target.split(".")[0] not in ("input", "data"):
        raise Forbidden("`with` may replace input or data only", file, span["line"], span["col"])


def every(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of the tree, without recursion: the nesting is the author's."""
    waiting = [node]
    while waiting:
        at = waiting.pop()
        if isinstance(at, dict):
            yield at
            waiting.extend(at.values())
        elif isinstance(at, list):
            waiting.extend(at)


def name_of(node: Any) -> str | None:
    """The dotted name of a reference; None when it is not a plain path."""
    parts: list[str] = []
    while True:
        if "Var" in node:
            return ".".join([str(node["Var"]["value"]), *reversed(parts)])
        if "RefDot" in node:
            parts.append(str(node["RefDot"]["field"][1]))
            node = node["RefDot"]["refr"]
        elif "RefBrack" in node and "String" in node["RefBrack"]["index"]:
            parts.append(str(node["RefBrack"]["index"]["String"]["value"]))
            node = node["RefBrack"]["refr"]
        else:
            return None


def defined_in(tree: Any) -> set[str]:
    """The functions the module defines itself."""
    heads = (node["Func"] for node in every(tree) if isinstance(node.get("Func"), dict) and "refr" in node["Func"])
    return {name for head in heads if (name := name_of(head["refr"]))}


def imported_by(tree: dict[str, Any], source: bytes) -> set[str]:
    """Names under which data and input are imported. An alias comes as a span of bytes."""
    names = set()
    for entry in tree.get("imports", []):
        target, alias = name_of(entry["refr"]), entry.get("as") or entry.get("r#as")
        if target and target.split(".")[0] in ("data", "input"):
            names.add(source[alias["start"] : alias["end"]].decode() if alias else target.split(".")[-1])
    return names
