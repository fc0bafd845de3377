"""Entries made from a schema, and entries with something wrong in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from pipeline.model.patterns import ecma

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.model.kinds import Kind

JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**63), 2**64 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=8),
        st.sampled_from(
            ["", " ", "2026-02-30", "2026-08-02", "https://a.nl", "javascript:a", "avg-13", "35.1", "a@b.nl"]
        ),
    ),
    lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(st.text(max_size=5), below, max_size=3)),
    max_leaves=6,
)
FORMATS = {
    "date": st.one_of(st.dates().map(str), st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True)),
    "uri": st.sampled_from(["https://voorbeeld.nl/a?b=1#c", "http://x", "urn:a:b", "www.a.nl", "https://a.nl/b c"]),
    "email": st.sampled_from(["a@b.nl", "a@b", "@", "a b@c.nl"]),
}


def values(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Make values that mostly satisfy a schema; what it asks besides is left to chance."""
    if "enum" in schema or "const" in schema:
        return st.sampled_from(schema.get("enum", [schema.get("const")]))
    branches = [each for keyword in ("anyOf", "oneOf") for each in schema.get(keyword, ()) if "type" in each]
    types = schema.get("type", [])
    made = [values(each) for each in branches]
    made += [_of_type(schema, name) for name in ([types] if isinstance(types, str) else types)]
    return st.one_of(made) if made else JSON


def _of_type(schema: Mapping[str, Any], name: str) -> st.SearchStrategy[Any]:
    if name == "object":
        fields = {key: values(below) for key, below in schema.get("properties", {}).items()}
        required = {key: made for key, made in fields.items() if key in schema.get("required", ())}
        return st.fixed_dictionaries(required, optional={key: fields[key] for key in fields if key not in required})
    if name == "array":
        return st.lists(values(schema.get("items", {})), max_size=3)
    if name == "string":
        if "format" in schema:
            return FORMATS[schema["format"]]
        if "pattern" in schema:
            return st.from_regex(ecma(schema["pattern"]).replace("\\Z", "$"))
        return st.text(min_size=schema.get("minLength", 0), max_size=12)
    simple: dict[str, st.SearchStrategy[Any]] = {
        "integer": st.integers(-2, 3000),
        "number": st.floats(-2, 2),
        "boolean": st.booleans(),
        "null": st.none(),
    }
    return simple[name]


@st.composite
def bent(draw: st.DrawFn, kind: Kind) -> Any:  # noqa: ANN401 - any JSON
    """Give an entry of a kind in which up to two values were replaced, dropped or doubled."""
    value = json.loads(json.dumps(draw(values(kind.schema))))
    for _ in range(draw(st.integers(0, 2))):
        places = list(_places(value))
        if not places:
            break
        around, step = draw(st.sampled_from(places))
        how = draw(st.sampled_from(["replace", "drop", "double", "misname"]))
        if how == "replace":
            around[step] = draw(JSON)
        elif how == "drop":
            del around[step]
        elif isinstance(around, list):
            around.append(around[step])
        else:
            around[f"{step}x"] = around[step]
    return value


def _places(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any JSON
    steps = range(len(value)) if isinstance(value, list) else value if isinstance(value, dict) else ()
    for step in steps:
        yield value, step
        yield from _places(value[step])
