"""What files and entries are called now."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.compare import moves as module
from pipeline.compare.moves import moves_of, share
from pipeline.compare.texts import Texts
from tests.support import small_files, small_framework

if TYPE_CHECKING:
    import pytest

    from pipeline.compare.moves import Moves

Files = dict[str, str | bytes | OSError | None]

LISTEN = "Luister naar wie het aangaat en schrijf op wat mensen zeggen over hun situatie, thuis en op het werk."
ASK = "Vraag bij twijfel advies aan een deskundige die het systeem en de wet kent, voordat je iets besluit."


def entry(code: str, words: str, title: str = "Een regel") -> str:
    return f"---\nid: urn:klein:regel:{code}\ntitle: {title}\nstatus: concept\n---\n\n## Regel\n\n{words}\n"


def moves(before: Files, now: Files) -> Moves:
    return moves_of(replace(small_framework(now), base=small_framework(before)))


def rules(**words: str) -> Files:
    return {f"content/regels/{name.replace('_', '-')}.md": text for name, text in words.items()}


def test_the_same_text_under_another_name() -> None:
    found = moves(
        rules(awb_51_luister=entry("awb-51", LISTEN), awb_52_vraag=entry("awb-52", ASK)),
        rules(awb_51_hoor=entry("awb-51", LISTEN), awb_52_advies=entry("awb-52", ASK)),
    )
    assert found.files == {
        "content/regels/awb-51-luister.md": "content/regels/awb-51-hoor.md",
        "content/regels/awb-52-vraag.md": "content/regels/awb-52-advies.md",
    }
    assert found.entries == {}


def test_the_text_counts_for_more_than_the_id() -> None:
    found = moves(
        rules(awb_51_luister=entry("awb-51", LISTEN), awb_52_vraag=entry("awb-52", ASK)),
        rules(awb_52_luister=entry("awb-52", LISTEN), awb_51_vraag=entry("awb-51", ASK)),
    )
    assert found.files == {
        "content/regels/awb-51-luister.md": "content/regels/awb-52-luister.md",
        "content/regels/awb-52-vraag.md": "content/regels/awb-51-vraag.md",
    }


def test_an_edited_text_and_one_written_anew_under_the_same_id() -> None:
    found = moves(
        rules(awb_51_luister=entry("awb-51", LISTEN), awb_52_vraag=entry("awb-52", ASK)),
        rules(
            awb_53_luister=entry("awb-53", LISTEN.replace("thuis en op het werk", "waar dan ook")),
            awb_52_x=entry("awb-52", "Nieuw."),
        ),
    )
    assert found.files == {
        "content/regels/awb-51-luister.md": "content/regels/awb-53-luister.md",
        "content/regels/awb-52-vraag.md": "content/regels/awb-52-x.md",
    }
    assert {name: other.code for name, other in found.entries.items()} == {"urn:klein:regel:awb-51": "awb-53"}
    assert found.homes["urn:klein:regel:awb-51"] == "urn:klein:regel:awb-53"


def test_texts_that_have_nothing_in_common_are_no_move() -> None:
    found = moves(rules(awb_51_luister=entry("awb-51", LISTEN)), rules(awb_52_vraag=entry("awb-52", ASK)))
    assert not found.files
    assert not found.entries


def test_files_that_are_no_entries_move_by_name() -> None:
    found = moves(
        {"content/a/plaat.png": b"x", "content/a/een.png": b"x", "content/b/een.png": b"x"},
        {"content/c/plaat.png": b"y", "content/c/een.png": b"x"},
    )
    assert found.files == {"content/a/plaat.png": "content/c/plaat.png"}


def test_an_id_that_was_changed_in_its_place() -> None:
    found = moves(rules(awb_51_luister=entry("awb-51", LISTEN)), rules(awb_51_luister=entry("awb-53", LISTEN)))
    assert {name: other.code for name, other in found.entries.items()} == {"urn:klein:regel:awb-51": "awb-53"}


def test_an_item_of_a_list_is_known_by_its_title() -> None:
    text = small_files()["content/stappen.yaml"].decode()
    found = moves({}, {"content/stappen.yaml": text.replace("urn:klein:stap:ont", "urn:klein:stap:abc")})
    assert {name: other.title for name, other in found.entries.items()} == {"urn:klein:stap:ont": "Ontwerp"}


def test_who_holds_a_text_and_whose_it_was() -> None:
    base = small_framework(rules(awb_51_luister=entry("awb-51", LISTEN), awb_52_vraag=entry("awb-52", ASK)))
    now = small_framework(
        rules(awb_51_luister=entry("awb-51", ASK), awb_52_vraag=entry("awb-52", LISTEN), awb_53_x=entry("awb-53", ASK))
    )
    found = moves_of(replace(now, base=base))
    before = {name: base.find(name) for name in ("awb-51", "awb-52")}
    after = {name: now.find(name) for name in ("awb-51", "awb-52", "awb-53")}
    assert before["awb-51"] is not None
    assert after["awb-51"] is not None
    assert after["awb-53"] is not None
    assert found.before(after["awb-51"]) is before["awb-51"]
    assert found.after(before["awb-51"]) is after["awb-51"]
    assert found.holder(before["awb-51"]) is after["awb-52"]
    assert found.giver(after["awb-51"]) is before["awb-52"]
    assert found.giver(after["awb-53"]) is before["awb-52"]


def test_a_copy_of_a_text_that_is_still_there_has_no_giver() -> None:
    base = small_framework(rules(awb_51_luister=entry("awb-51", LISTEN)))
    now = small_framework(rules(awb_51_luister=entry("awb-51", LISTEN), awb_52_x=entry("awb-52", LISTEN)))
    found = moves_of(replace(now, base=base))
    copy = now.find("awb-52")
    assert copy is not None
    assert found.giver(copy) is None


def test_a_text_that_another_entry_took_in() -> None:
    base = small_framework(rules(awb_51_luister=entry("awb-51", LISTEN), awb_52_vraag=entry("awb-52", ASK)))
    now = small_framework(rules(awb_52_vraag=entry("awb-52", f"{ASK}\n\n{LISTEN}")))
    found = moves_of(replace(now, base=base))
    gone = base.find("awb-51")
    assert gone is not None
    assert found.joined(gone) is now.find("awb-52")


def test_a_framework_without_a_base_has_no_moves() -> None:
    found = moves_of(small_framework())
    assert not found.files
    assert not found.homes


def test_no_more_than_some_are_compared_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SEARCHED", 0)
    found = moves(
        rules(awb_51_luister=entry("awb-51", LISTEN)), rules(awb_53_luister=entry("awb-53", f"{LISTEN} Echt."))
    )
    assert found.files == {}


def test_share_of_words() -> None:
    assert share(Counter("aab"), Counter("aab")) == 1
    assert share(Counter("aab"), Counter("abc")) == 2 / 3
    assert share(Counter("a"), Counter("b")) == 0
    assert share(Counter(), Counter()) == 1


def test_rare_words_count_for_more() -> None:
    framework = small_framework(
        {
            **rules(
                awb_51_a=entry("awb-51", "De regel is: lees de dossiers.", "A"),
                awb_52_b=entry("awb-52", "De regel is: schrijf op.", "B"),
            ),
            **rules(awb_53_c=entry("awb-53", "Dossiers.", "C")),
        }
    )
    texts = Texts(framework.entries)
    one, common, rare = (framework.find(code) for code in ("awb-51", "awb-52", "awb-53"))
    assert one is not None
    assert common is not None
    assert rare is not None
    assert 0 < texts.likeness(one, common) < texts.likeness(one, rare) < texts.likeness(one, one) == 1
    assert texts.contained(one, one) > 0.999
    assert texts.contained(rare, one) > texts.contained(one, rare)
    assert next(other.code for _, other in texts.shelf([common, rare]).like(one)) == "awb-53"
