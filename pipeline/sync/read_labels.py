"""``labels.yml``: the labels of the program, as its maintainers want them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.documents.yaml import parse_yaml
from pipeline.errors import UserError
from pipeline.findings import Severity
from pipeline.sync.labels import LONGEST_DESCRIPTION, LONGEST_NAME, Label, Labels, Pattern
from pipeline.text import UNSHOWABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.documents.document import Node
    from pipeline.text import Source

FINDINGS: Final = "findings"
"""The fixed label on every issue that `pipeline.sync.issues` keeps."""

LONGEST_PREFIX: Final = 25
"""Most characters before the name of a kind or theme: half a label's."""

_COLOR = re.compile("[0-9a-f]{6}")
_SEVERITIES: Final = {severity.word: severity for severity in Severity}


def read_labels(source: Source) -> Labels:
    """Read the file; whatever is not as described is the maintainer's mistake, told with its line."""
    root, flaws = parse_yaml(source)
    if root is None or flaws:
        line = flaws[0].problem.location.begin.line if flaws else 1
        raise UserError(
            nl=f"{source.path}:{line}: dit is geen geldige YAML. Verbeter de regel.",
            en=f"{source.path}:{line}: this is no valid YAML. Mend the line.",
        )
    return _Reader(source).labels(root)


class _Reader:
    """Takes values out of nodes, and knows the line of each for what is wrong."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def labels(self, root: Node) -> Labels:
        parts = self.fields(root, ("labels", "severities", "kinds", "themes"))
        fixed = {name: self.label(node) for name, node in self.members(parts["labels"]).items()}
        if FINDINGS not in fixed:
            self.wrong(parts["labels"], f"het label `{FINDINGS}` ontbreekt", f"the label `{FINDINGS}` is missing")
        severities = {}
        for word, node in self.members(parts["severities"]).items():
            if word not in _SEVERITIES:
                words = ", ".join(_SEVERITIES)
                self.wrong(node, f"`{word}` is geen ernst; kies uit {words}", f"`{word}` is none of {words}")
            severities[_SEVERITIES[word]] = self.label(node)
        labels = Labels(fixed, severities, self.pattern(parts["kinds"]), self.pattern(parts["themes"]))
        self.alone(labels, root)
        return labels

    def label(self, node: Node) -> Label:
        parts = self.fields(node, ("name", "color", "description"))
        return Label(
            self.name(parts["name"]), self.color(parts["color"]), self.text(parts["description"], LONGEST_DESCRIPTION)
        )

    def pattern(self, node: Node) -> Pattern:
        parts = self.fields(node, ("prefix", "color", "description"))
        prefix = self.text(parts["prefix"], LONGEST_PREFIX)
        if "," in prefix or prefix != prefix.lstrip():
            self.wrong(
                parts["prefix"],
                "een voorvoegsel heeft geen komma, en geen spatie aan het begin",
                "a prefix has no comma, and no space at its beginning",
            )
        return Pattern(prefix, self.color(parts["color"]), self.text(parts["description"], LONGEST_DESCRIPTION))

    def alone(self, labels: Labels, root: Node) -> None:
        """Refuse labels that cannot be told apart."""
        names = [label.name.casefold() for label in (*labels.fixed.values(), *labels.severities.values())]
        prefixes = [labels.kinds.prefix.casefold(), labels.themes.prefix.casefold()]
        alike = [name for name in names if names.count(name) > 1 or name.startswith(tuple(prefixes))]
        alike += [one for one, other in (prefixes, prefixes[::-1]) if one.startswith(other)]
        if alike:
            self.wrong(
                root,
                f"“{alike[0]}” is niet van de andere labels te onderscheiden",
                f"“{alike[0]}” cannot be told from the other labels",
            )

    def name(self, node: Node) -> str:
        name = self.text(node, LONGEST_NAME)
        if "," in name or name != name.strip():
            self.wrong(
                node,
                "een naam heeft geen komma, en geen spatie aan het begin of eind",
                "a name has no comma, and no space at its ends",
            )
        return name

    def color(self, node: Node) -> str:
        color = self.text(node, len("ffffff") + 1).removeprefix("#").lower()
        if not _COLOR.fullmatch(color):
            self.wrong(
                node,
                "een kleur is zes cijfers van 0 tot f tussen aanhalingstekens, zoals `0e8a16`",
                "a color is six digits from 0 to f between quotation marks, such as `0e8a16`",
            )
        return color

    def text(self, node: Node, most: int) -> str:
        value = node.value
        if not isinstance(value, str) or not value.strip():
            self.wrong(node, "hier hoort een tekst", "a text belongs here")
        if len(value) > most or UNSHOWABLE.search(value):
            self.wrong(
                node,
                f"de tekst heeft hoogstens {most} tekens, en geen onzichtbare",
                f"the text has at most {most} characters, and none that cannot be seen",
            )
        return str(value)

    def fields(self, node: Node, names: tuple[str, ...]) -> Mapping[str, Node]:
        found = self.members(node)
        for name in found.keys() - set(names):
            self.wrong(found[name], f"`{name}` hoort hier niet", f"`{name}` does not belong here")
        for name in names:
            if name not in found:
                self.wrong(node, f"`{name}` ontbreekt", f"`{name}` is missing")
        return found

    def members(self, node: Node) -> Mapping[str, Node]:
        if not isinstance(node.children, dict):
            self.wrong(node, "hier horen velden met een naam", "fields with a name belong here")
        return node.children if isinstance(node.children, dict) else {}

    def wrong(self, node: Node, nl: str, en: str) -> None:
        path, line = self.source.path, self.source.position(max(node.start, 0)).line
        raise UserError(
            nl=f"{path}:{line}: {nl}. In docs/issues.md staat wat er in dit bestand hoort.",
            en=f"{path}:{line}: {en}. docs/issues.md tells what belongs in this file.",
        )
