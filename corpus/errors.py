"""The one error tree: each error says in Swedish what happened, where, and what to do."""

from __future__ import annotations


class MotesminneError(Exception):
    """What a user can be told: `what` happened, `where`, and what to `do` about it."""

    def __init__(self, what: str, where: str, do: str) -> None:
        super().__init__(f"{what} ({where}). {do}" if where else f"{what}. {do}")
        self.what, self.where, self.do = what, where, do

    def __reduce__(self) -> tuple[type[MotesminneError], tuple[str, str, str]]:
        return type(self), (self.what, self.where, self.do)


class PasswordNeededError(MotesminneError):
    """The file is encrypted and no empty password opens it."""


class FileDamagedError(MotesminneError):
    """The file is broken, cut off or empty."""


class WrongKindError(MotesminneError):
    """The file is of a kind that is not read, or is not what its name says."""


class TooLargeError(MotesminneError):
    """The file, or what it unpacks to, passes a limit on size or memory."""


class TimeLimitError(MotesminneError):
    """The work took longer than its limit."""


class OcrMissingError(MotesminneError):
    """Tesseract's Swedish data is not installed."""


class DictionaryMissingError(MotesminneError):
    """Hunspell's Swedish dictionary is not installed."""


class ArchiveLockedError(MotesminneError):
    """Another process is reading documents into the archive."""


class ArchiveDamagedError(MotesminneError):
    """The ledger itself cannot be read, or was made by a newer version."""


class ArchivePlaceError(MotesminneError):
    """The archive folder stands where SQLite is not safe, or cannot be written."""


class DiskFullError(MotesminneError):
    """There is no room left for the archive."""


class EmbedderChangedError(MotesminneError):
    """The index was made by another embedder than the one chosen."""


class ModelUnavailableError(MotesminneError):
    """A language or embedding model is not installed, not reachable or too slow."""


class NotInArchiveError(MotesminneError):
    """What was named is not in the archive."""


class BadInputError(MotesminneError):
    """A question, filter, correction or setting that cannot be understood."""
