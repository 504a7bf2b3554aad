"""Which language a text is in.

In:  a text, and the language its page declares, if any.
Out: an ISO 639-1 code, or `und` when there is too little to tell.
Never: raises; prints.
"""

from __future__ import annotations

import unicodedata

_LONGEST = 20_000
"""Code points looked at: more changes nothing and costs time."""
_FEWEST_LETTERS = 20
_FEWEST_HAN = 6


def find_language(text: str, *, declared: str | None = None) -> str:
    """Tell the language: East Asian ones by their script, others by py3langid; the declared one when the text is too short."""
    sample = text[:_LONGEST]
    letters = sum(character.isalpha() for character in sample)
    script = _east_asian(sample, letters)
    if script:
        return script
    known = _iso(declared)
    if letters < _FEWEST_LETTERS:
        return known or "und"
    import py3langid

    code = str(py3langid.classify(sample)[0])
    # Chinese without Chinese characters is a mistake of the classifier's; it happens on lists of names.
    return (known or "und") if code in {"zh", "ja"} else code


def load_model() -> None:
    """Load the classifier's model now: it unpacks itself through a temporary file, which a locked-up process may not write."""
    import py3langid

    py3langid.classify("model")


def _east_asian(sample: str, letters: int) -> str:
    """`zh`, `ja` or `ko` when such characters are at least a third of the letters (a Latin word is five letters, a Chinese one two)."""
    han = sum("\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff" for character in sample)
    kana = sum("\u3040" <= character <= "\u30ff" for character in sample)
    hangul = sum("\uac00" <= character <= "\ud7af" for character in sample)
    if 3 * (han + kana + hangul) < letters or han + kana + hangul < _FEWEST_HAN:
        return ""
    if hangul > han + kana:
        return "ko"
    # Japanese is a third kana or more; Chinese quotes a Japanese name at most.
    return "ja" if 10 * kana > han + kana else "zh"


def _iso(declared: str | None) -> str | None:
    code = unicodedata.normalize("NFKC", declared or "").strip().lower().replace("_", "-").partition("-")[0]
    return code if len(code) == 2 and code.isalpha() else None
