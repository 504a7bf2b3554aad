"""What can go wrong, as sentences a researcher can act on: which file, which field, what to do."""

from __future__ import annotations


class ArmslengthError(Exception):
    """The root: whatever armslength raises on purpose. Its text is a whole sentence."""

    exit_code = 1


class CaseError(ArmslengthError):
    """The case folder is missing, not a case, or cannot be opened."""

    exit_code = 3


class InputError(ArmslengthError):
    """A file, manifest or argument cannot be used as given."""

    exit_code = 2


class IntegrityError(ArmslengthError):
    """What is stored is not what was stored."""

    exit_code = 4


class MissingPieceError(ArmslengthError):
    """A package, model or program that this step needs is not installed."""

    exit_code = 5


class ConflictError(ArmslengthError):
    """Somebody else decided meanwhile: whoever asks has to look again."""

    exit_code = 8
