"""What may be asked for of whoever complains: the measures list it, and nothing that the institution holds (art. 13, 14)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mingcha.model.words import Words


class Material(StrEnum):
    """All that can be asked for. What is not here, such as contracts, statements and call logs, is the institution's to look up."""

    IDENTITY = "identity"
    CONTACT = "contact"
    FACTS = "facts"
    SIGNATURE = "signature"
    AUTHORISATION = "authorisation"
    AGENT_IDENTITY = "agent_identity"
    AGENT_CONTACT = "agent_contact"


MATERIAL_WORDS: dict[Material, Words] = {
    Material.IDENTITY: Words("投诉人的身份证明", "proof of the complainer's identity"),
    Material.CONTACT: Words("投诉人的联系方式", "how the complainer can be reached"),
    Material.FACTS: Words("投诉请求与主要事实", "what is asked for, and the main facts"),
    Material.SIGNATURE: Words("书面投诉的签字", "a signature on a complaint on paper"),
    Material.AUTHORISATION: Words(
        "消费者亲笔签名的授权委托书原件", "the original authority signed by the consumer's own hand"
    ),
    Material.AGENT_IDENTITY: Words("代理人的身份证明", "proof of the agent's identity"),
    Material.AGENT_CONTACT: Words("代理人的联系方式", "how the agent can be reached"),
}
OF_AGENTS = (Material.AUTHORISATION, Material.AGENT_IDENTITY, Material.AGENT_CONTACT)
SPEAKS_FOR_ANOTHER = ("relative", "agent", "lawyer", "other")  # heirs and guardians stand for the consumer by law


@dataclass(frozen=True, slots=True, kw_only=True)
class Askable:
    """One thing that may be asked for; `why_not` says why it may not of this complaint."""

    material: Material
    title: Words
    why_not: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacks:
    """What may be asked for of a complaint, until when at the earliest, and why it may not be left unhandled (empty: it may)."""

    materials: tuple[Askable, ...]
    until: date
    must_handle: tuple[Words, ...]
