"""What the files say that other parts must agree with: ids, wordings, references, addresses.

Readers write it while they read; `references` and `wordings` check it when all is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.faq.fault import Located, Scope, quote


@dataclass(frozen=True, slots=True)
class Mention:
    """A word in a file; `role` is the key under which it stands, `scope` whose it is."""

    value: str
    role: str
    scope: Scope
    line: int
    column: int

    @property
    def owner(self) -> str:
        """The id of the entry, contact or topic."""
        return self.scope.entry or ""

    @property
    def place(self) -> str:
        """File and line, for messages."""
        return f"{self.scope.file}:{self.line}"

    def fault(self, code: str, found: str, expected: str, advice: str) -> None:
        """Note a fault where the word stands."""
        self.scope.fault(code, self, found, expected, advice)


@dataclass(slots=True)
class Ledger:
    """All mentions. `incomplete` names the sections in which an id may have been missed."""

    ids: dict[str, dict[str, Mention]] = field(default_factory=dict)
    wordings: list[Mention] = field(default_factory=list)
    choices: list[Mention] = field(default_factory=list)
    references: list[Mention] = field(default_factory=list)
    addresses: list[Mention] = field(default_factory=list)
    incomplete: set[str] = field(default_factory=set)
    where: dict[str, str] = field(default_factory=dict)

    def claim(self, section: str, id: str, at: Located, scope: Scope) -> None:
        """Note the id of an entry, contact or topic; a second one is a fault."""
        mention = Mention(id, "id", scope, at.line, at.column)
        first = self.ids.setdefault(section, {}).setdefault(id, mention)
        if first is mention:
            self.where[f"{section}/{id}"] = mention.place
            return
        self.incomplete.add(section)  # one of the two was meant to be another id
        found = f"id {quote(id)}が2回使われています（1回目は {first.line} 行目）。"
        advice = "どちらかの id を変えるか、同じ内容なら1つにまとめてください。"
        scope.fault("duplicate_id", at, found, "id はファイルの中で1つだけです。", advice)

    def word(self, text: str, role: str, at: Located, scope: Scope) -> None:
        """Note a wording that must lead to one place only."""
        self.wordings.append(Mention(text, role, scope, at.line, at.column))

    def choice(self, text: str, at: Located, scope: Scope) -> None:
        """Note what the button of an entry says."""
        self.choices.append(Mention(text, "choice", scope, at.line, at.column))

    def address(self, value: str, role: str, at: Located, scope: Scope) -> None:
        """Note a telephone number (its digits) or a web address that may stand once only."""
        self.addresses.append(Mention(value, role, scope, at.line, at.column))

    def refer(self, id: str, role: str, at: Located, scope: Scope) -> Mention:
        """Note a reference to something that must exist."""
        mention = Mention(id, role, scope, at.line, at.column)
        self.references.append(mention)
        return mention
