"""Acts on ads as the house keeps them: encrypted beside the salt of the commitment the chain seals, and read back folded.

What an act says may quote a post or name its poster: no store or chain sees it in clear, and erasing an ad destroys it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import cast

from mingcha.actions.codec import canonical, from_plain, read_json, to_plain
from mingcha.actions.deps import Deps
from mingcha.actions.kept import Kept, open_record
from mingcha.actions.ports.store import Work
from mingcha.actions.sealing import DECISIONS, seal_act
from mingcha.ads.cycle import fold, refusal
from mingcha.errors import NotFound, OutOfOrder
from mingcha.evidence.commitment import opens
from mingcha.model.account import Ad
from mingcha.model.actor import Actor
from mingcha.model.ad_cycle import ACT_WORDS, BODIES, AdAct, AdActKind, AdBody, AdItem, AdState, Judged
from mingcha.model.advert import PostJudged
from mingcha.model.stored import Envelope, KeptAct
from mingcha.model.words import Words

AD = Words("广告", "ad")
ReadPost = Callable[[str], PostJudged]  # the machine: what one post is


def item_of(work: Work, ad: str) -> AdItem:
    """One ad; NotFound where there is none."""
    item = work.ads.items([ad]).get(ad)
    if item is None:
        raise NotFound(what=AD, which=ad)
    return item


def state_of(deps: Deps, work: Work, ad: str) -> AdState:
    """How an ad stands."""
    return fold(acts_on(deps, work, [ad]).get(ad, ()))


def acts_on(deps: Deps, work: Work, ads: Sequence[str]) -> dict[str, tuple[AdAct, ...]]:
    """What was done about these ads; what was erased is left out."""
    return {ad: tuple(_opened_all(deps, acts)) for ad, acts in work.ads.acts(ads).items()}


def all_acts(deps: Deps, work: Work) -> Mapping[str, Sequence[AdAct]]:
    """What was done about every ad."""
    out: dict[str, list[AdAct]] = defaultdict(list)
    for act in _opened_all(deps, work.ads.all_acts()):
        out[act.ad].append(act)
    return out


def keep_act(deps: Deps, work: Work, actor: Actor, ad: str, body: AdBody) -> AdAct:
    """Keep and seal one act; OutOfOrder, with its reason, where it may not follow what was done before."""
    act = AdAct(id=deps.new_id(), ad=ad, at=deps.now(), by=actor.name, body=body)
    why = refusal(state_of(deps, work, ad), act)
    if why is not None:
        raise OutOfOrder(what=ACT_WORDS[act.kind], why=why)
    plain = to_plain(body)
    commitment, salt = deps.keys.commit(canonical(plain))
    sealed = deps.keys.envelope(canonical({"body": plain, "salt": salt.hex()}), act.id.encode())
    work.ads.add_act(
        KeptAct(id=act.id, ad=ad, kind=act.kind.value, at=act.at, by=act.by, wrapped=sealed.wrapped, body=sealed.body)
    )
    told = {"act": f"ad_{act.kind.value}", "ad": ad, "ad_act": act.id, "commitment": commitment}
    seal_act(deps, work, DECISIONS, actor, told)
    return act


def open_act(deps: Deps, kept: KeptAct) -> AdAct:
    """What an act says; KeyTrouble when it was erased or changed."""
    return AdAct(id=kept.id, ad=kept.ad, at=kept.at, by=kept.by, body=_body(deps, kept)[0])


def act_proved(deps: Deps, kept: KeptAct, commitment: str) -> bool:
    """Whether an act says what was sealed."""
    body, salt = _body(deps, kept)
    return opens(commitment, canonical(to_plain(body)), salt)


def _body(deps: Deps, kept: KeptAct) -> tuple[AdBody, bytes]:
    held = read_json(deps.keys.open(Envelope(kept.wrapped, kept.body), kept.id.encode()))
    return from_plain(BODIES[AdActKind(kept.kind)], held["body"]), bytes.fromhex(held["salt"])


def _opened_all(deps: Deps, kept: Iterable[KeptAct]) -> Iterable[AdAct]:
    return (open_act(deps, one) for one in kept if one.wrapped)


def sightings_of(deps: Deps, work: Work, item: AdItem) -> list[Kept]:
    """The sightings of an ad that were not erased, the newest last."""
    found = work.records.heads("ads", item.sightings)
    stored = sorted((one for one in found.values() if one.wrapped), key=lambda one: one.seq)
    return [open_record(deps.keys, one) for one in stored]


def newest_words(sightings: Sequence[Kept]) -> Ad | None:
    """The newest sighting that has a text, in clear."""
    return next((cast(Ad, one.clear) for one in reversed(sightings) if (one.clear.text or "").strip()), None)


def words_on(deps: Deps, work: Work, records: Sequence[str]) -> dict[str, tuple[Judged, str]]:
    """A person's newest word on the ads these sightings stand with, and whose it is, by sighting."""
    ads = work.ads.ads_of(records)
    states = {ad: fold(acts) for ad, acts in acts_on(deps, work, sorted(set(ads.values()))).items()}
    return {
        record: (state.word, state.word_by)
        for record, ad in ads.items()
        if (state := states.get(ad)) is not None and state.word is not None and state.word_by is not None
    }
