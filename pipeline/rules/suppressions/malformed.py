"""A comment asks to leave a finding out, but not in the way that works.

It then hides nothing, while it looks as if somebody had decided something. It names one rule
by its full name, and a reason that a stranger understands.

Bad: ``<!-- kader: negeer links/broken -->``

Good: ``<!-- kader: negeer links/broken want die pagina komt in mei -->``

Mend it: write the comment as the message shows, or take it away.
"""

from __future__ import annotations

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.rule import parser_rule

check = parser_rule(
    severity=Severity.ERROR,
    message={
        "": Text(
            nl="Deze opmerking voor de controle is niet te lezen.",
            en="This remark for the check cannot be read.",
        ),
        "no-reason": Text(
            nl="Deze opmerking zegt niet waarom “{rule}” hier niet hoeft.",
            en="This remark does not say why “{rule}” need not hold here.",
        ),
        "unknown-rule": Text(
            nl="Er is geen regel “{rule}”.",
            en="There is no rule “{rule}”.",
        ),
    },
    help={
        "": Text(
            nl="Schrijf: kader: negeer (naam van de regel) want (reden). Bijvoorbeeld: "
            "kader: negeer links/broken want die pagina komt in mei.",
            en="Write: kader: ignore (name of the rule) because (reason). For instance: "
            "kader: ignore links/broken because that page comes in May.",
        ),
        "no-reason": Text(
            nl="Wie dit later leest, moet weten of het nog klopt. Zet erachter: want, en dan de reden.",
            en="Whoever reads it later must know whether it still holds. Add: because, and then the reason.",
        ),
        "unknown-rule": Text(
            nl="Zo wordt er niets overgeslagen. De naam van een regel staat achter elk bericht.",
            en="So nothing is left out. The name of a rule stands behind each message.",
        ),
    },
)
