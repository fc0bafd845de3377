"""The file is a link to a place outside the repository.

What stands there is not part of the framework: on another computer the link leads nowhere,
and on the computer that builds the site it could bring in a file that nobody meant to publish.

Bad: ``content/regels/avg-13.md`` is a symbolic link to ``../../../notes/avg-13.md``

Good: ``content/regels/avg-13.md`` is a file

Mend it: replace the link by the file itself.
"""

from __future__ import annotations

from pipeline.errors import Text
from pipeline.findings import Severity
from pipeline.rules.rule import parser_rule

check = parser_rule(
    severity=Severity.ERROR,
    message=Text(
        nl="Dit is geen bestand, maar een snelkoppeling naar een plek buiten deze map met bestanden.",
        en="This is no file, but a link to a place outside the repository.",
    ),
    help=Text(
        nl="Bij anderen werkt zo'n snelkoppeling niet. Zet het bestand zelf hier neer.",
        en="Such a link does not work for others. Put the file itself here.",
    ),
)
