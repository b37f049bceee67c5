"""Words shown to people, always in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence or label in Chinese and in English."""

    zh: str
    en: str

    def say(self, locale: str) -> str:
        """The wording for `zh…` locales is Chinese, for all others English."""
        return self.zh if locale.startswith("zh") else self.en
