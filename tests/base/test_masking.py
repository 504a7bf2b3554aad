"""Names behind blocks: however they are written, and at the same length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.base.masking import BLOCK, mask, mask_address, protect, spans, titled

NAMES = protect(
    ["Aune Veldkamp", "Wu Shaoping", "Fahad al-Mutlaqi", "Radovan Křepela", "Jong-un Bak", "王小明", "Müller", "He", "Dr Li May"]
)
B = BLOCK


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Aune Veldkamp said", ["Aune Veldkamp"]),
        ("Veldkamp's house, AUNE VELDKAMP, the veldkamp", ["Veldkamp", "AUNE VELDKAMP"]),
        ("Ms. Veldkamp and A. Veldkamp and A.M. Veldkamp", ["Veldkamp", "A. Veldkamp", "A.M. Veldkamp"]),
        ("Aune K. left", ["Aune K"]),
        ("Veldkamp, Aune (born 1980)", ["Veldkamp, Aune"]),
        ("Aune\nVeldkamp", ["Aune\nVeldkamp"]),
        ("Veld-\nkamp", ["Veld-\nkamp"]),
        ("Shaoping, Wu Shao-ping, Shaoping Wu", ["Shaoping, Wu", "Shaoping Wu"]),
        ("al-Mutlaqi and Fahad Al Mutlaqi; AL alone", ["Mutlaqi", "Fahad Al Mutlaqi"]),
        ("Krepela, K\u0159epela, Kr\u030cepela, KŘEPELA", ["Krepela, K\u0159epela, Kr\u030cepela, KŘEPELA"]),
        ("Vel\u00addkamp Ve\u200bldkamp", ["Vel\u00addkamp Ve\u200bldkamp"]),
        ("Bak Jong Un met the UN", ["Bak Jong Un"]),
        ("王小明说，小明", ["王小明", "小明"]),
        ("Mueller, Müller, Muller, MÜLLER", ["Mueller, Müller, Muller, MÜLLER"]),
        ("He went. Mr He went. they may; Li May", ["He", "Li May"]),
        ("Aune Veldkamp (Ауне Велдкамп) left. Ауне Велдкамп", ["Aune Veldkamp", "Ауне Велдкамп", "Ауне Велдкамп"]),
        ("write to auneveldkamp@example.org", ["auneveldkamp"]),
        ("the paragraph before Veldkamp\n\nAune next", ["Veldkamp", "Aune"]),
    ],
)
def test_a_name_is_hidden_however_it_is_written(text, hidden):
    found = [text[start:end] for start, end in spans(text, NAMES)]
    if text.startswith("He went"):
        assert text.index("Mr He") + 3 == spans(text, NAMES)[0][0]
    assert found == hidden
    assert len(mask(text, NAMES)) == len(text)


@pytest.mark.parametrize(
    "text", ["The veld camp is at Veldkampen.", "In May they go to the UN.", "Mulled wine", "a.m. and p.m.", "", "Mr Wusha", "小 明"]
)
def test_what_is_no_name_stays(text):
    assert mask(text, NAMES) == text


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://a.example/2024/aune-veldkamp-left", f"https://a.example/2024/{B * 13}-left"),
        ("veldkamp_aune.pdf", f"{B * 13}.pdf"),
        ("the-may-report-he-wrote.html", "the-may-report-he-wrote.html"),
        ("https://a.example/plain%20words", "https://a.example/plain%20words"),
        ("krepela.txt", f"{B * 7}.txt"),
        ("auneveldkamp.html", f"{B * 12}.html"),
    ],
)
def test_names_in_addresses_and_file_names_are_hidden(address, shown):
    assert mask_address(address, NAMES) == shown


def test_what_is_percent_encoded_is_read():
    for address in ("https://a.example/%E7%8E%8B%E5%B0%8F%E6%98%8E", "https://a.example/Aune%20Veldkamp", "https://a.example/K%C5%99epela"):
        assert set(mask_address(address, NAMES)[20:]) == {B}
        assert len(mask_address(address, NAMES)) == len(address)


def test_nobody_to_protect_changes_nothing():
    assert mask("Aune Veldkamp", protect([])) == "Aune Veldkamp"
    assert mask_address("aune-veldkamp", protect([])) == "aune-veldkamp"
    assert not protect(["a woman", "bi"])


def test_a_title_tells_a_name_that_no_claim_has():
    assert titled("Ms Aune Veldkamp and Dr. Pell met Mr Jong-un Bak at Prof Dr's.") >= {"Aune Veldkamp", "Pell", "Jong-un Bak"}


@given(st.text(alphabet=st.sampled_from("AuneVldkmp .,-'\u030c\u00ad王小明(Ř)\n"), max_size=60))
def test_a_masked_text_is_as_long_and_masking_it_again_changes_nothing_else(text):
    masked = mask(text, NAMES)
    assert len(masked) == len(text)
    assert all(new in (old, BLOCK) for old, new in zip(text, masked, strict=True))
    assert "Veldkamp" not in masked
    assert "王小明" not in masked
