"""``kader forms``: the issue forms that the schemas ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from pipeline.cli.options import read_framework, shared, sound_schemas
from pipeline.errors import Text
from pipeline.world.files import read_text, write_new

if TYPE_CHECKING:
    from pipeline.cli.options import Options

FINDINGS: Final = 1


@click.command("forms")
@shared
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 where a form is not as it should be.")
def command(options: Options, *, check: bool) -> int:
    """Write GitHub's issue forms: one for each kind whose schema has x-form."""
    from pipeline.sync.proposals.forms import forms_of, written

    framework = read_framework(options, sound_schemas(options))
    forms = forms_of(framework)
    if not forms:
        options.say("Geen schema vraagt om een formulier (x-form).", "No schema asks for a form (x-form).")
    stale = {form.path: text for form in forms if read_text(options.root, form.path) != (text := written(form))}
    for path, text in stale.items():
        if check:
            click.echo(_stale(path).in_language(options.language))
        else:
            write_new(options.root, path, text, replace=True)
            options.say(f"Geschreven: {path}", f"Written: {path}")
    if forms and not stale:
        options.say("Alle formulieren zijn bij.", "All forms are up to date.")
    return FINDINGS if check and stale else 0


def _stale(path: str) -> Text:
    return Text(
        nl=f"{path} is niet meer zoals de schema's het vragen. Draai: kader forms",
        en=f"{path} is no longer as the schemas ask. Run: kader forms",
    )
