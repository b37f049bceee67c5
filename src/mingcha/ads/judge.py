"""What a post is, with reasons: does it solicit, for which trade, with which claims, and what speaks against that.

A post is an ad where the model says so and somebody in it offers something: names a price, promises, wants to be reached.
Where no offer is seen the model must be much surer, for whoever complains, asks, warns or teaches is no advertiser whatever
words are used; a union's, a legal-aid office's or a borrowers' group without a fee is none at all. Nothing here is about a
person.
"""

import math
from collections.abc import Sequence

import numpy as np

from mingcha.ads.model import SCALE, AdModel, Floats
from mingcha.ads.poses import named_in
from mingcha.ads.reading import PostRead, Reader
from mingcha.ads.wording import WEIGHS, Wording, weigh
from mingcha.model.advert import MILLION, POSES, AdClaim, AdFinding, Claimed, PostJudged, Stance, Trade
from mingcha.model.text import Passage, TermHit
from mingcha.model.words import Words
from mingcha.text.lexicon import MAIN
from mingcha.text.normalise import FOLD_SCHEME

OURS = tuple(trade.value for trade in Trade if trade is not Trade.OTHER)
OTHER_TRADE = "solicits_other"
LEVEL_ONE, LEVEL_TWO = "G1", "G2"
SHOWN = 6  # reasons shown for a side, those that weigh most
UNOFFERED = 0.9  # probability from which a post without any offer seen is an ad
WORDING = Words("措辞常见于招揽", "wording as ads have it")
UNLIKE = Words("措辞少见于招揽", "wording unlike an ad's")
CONTACT = Words("留有联系方式", "gives a contact")
NO_OFFER = Words(
    "没有看到报价、承诺或招呼联系的话，又不足够明显，不算广告",
    "no offer is seen (no price, promise or call to get in touch), and it is not clear enough without one",
)
BELOW = Words("不够像广告", "not enough speaks for an ad")
NOT_OURS = Words("招揽的是别的行当", "it solicits, but for another trade")
HARMLESS = Words(
    "法律援助、工会、互助且不收费，或劝人自己办的，不算广告",
    "legal aid, a union, mutual help without a fee, or telling others to do it themselves is no ad",
)


class Judge:
    """Judges posts with one reader and one model; the same post always gets the same answer."""

    __slots__ = ("_model", "_offering", "_reader", "_titles")

    def __init__(self, reader: Reader, model: AdModel) -> None:
        self._reader = reader
        self._model = model
        self._offering = frozenset(frame.code for frame in reader.words.frames if frame.offers)
        self._titles = {f"cue:{cue.code}": cue.title for cue in reader.words.cues.values()}
        self._titles |= {f"frame:{frame.code}": frame.title for frame in reader.words.frames}

    @property
    def scheme(self) -> str:
        """What made the judgements: model, words, fold."""
        return f"{self._model.id} {self._reader.scheme} {FOLD_SCHEME}"

    def judge(self, text: str) -> PostJudged:
        """Judge one post."""
        return self.judge_all([text])[0]

    def judge_all(self, texts: Sequence[str]) -> list[PostJudged]:
        """Judge posts; each is judged as it would be alone, together they take a third of the time."""
        if not texts:
            return []
        posts = [self._reader.read(text) for text in texts]
        wording = weigh(self._model, [post.wording() for post in posts])
        return [self._judged(post, wording, at) for at, post in enumerate(posts)]

    def _judged(self, post: PostRead, wording: Wording, at: int) -> PostJudged:
        model, named = self._model, self._model.known(self._reader.features(post))
        odds = float(model.bias.ad[0] + model.named_weights.ad[named].sum() + wording.ad[at])
        chance = (1 + math.tanh(odds / 2)) / 2  # the logistic, for odds of any size
        offered = self._offers(post)
        line = model.line if offered else max(model.line, UNOFFERED)
        is_ad = chance >= line and not self._harmless(post)
        scores = model.bias.answers[0] + model.named_weights.answers[named].sum(axis=0) + wording.answers[at]
        answer = self._best(scores, ads=is_ad)
        seen, passages = self._seen(post), wording.passages[at]
        reasons = [*seen, *_worded(post, passages)]
        findings, against = _heaviest(reasons, 1), _heaviest(reasons, -1)
        return PostJudged(
            scheme=self.scheme,
            is_ad=is_ad,
            probability=round(chance * MILLION),
            stance=Stance.SOLICITS if answer in (*OURS, OTHER_TRADE) else Stance(answer),
            trade=_trade(answer),
            claims=self._claims(post) if is_ad else (),
            contacts=post.contacts,
            findings=findings,
            against=against,
            level=_level(post.hits) if is_ad else None,
            evasive=any(hit.channel != MAIN for hit in post.hits) or any(one.disguises for one in post.contacts),
            why_not=None if is_ad else self._why_not(answer, chance, line),
            left_out=len(seen) + len(passages) - len(findings) - len(against),
        )

    def _offers(self, post: PostRead) -> bool:
        cues = self._reader.words.cues
        return (
            bool(post.contacts)
            or any(cues[code].offers for hit in post.hits for code in hit.codes if code in cues)
            or any(code in self._offering for code, _, _ in post.frames)
        )

    def _harmless(self, post: PostRead) -> bool:
        """Help without a fee; and whoever says that one can do it oneself, and neither offers a service nor wants to be reached."""
        if any(_has(post.hits, code) for code in ("price", "no_win_no_fee")):
            return False
        reached = bool(post.contacts) or any(_has(post.hits, code) for code in ("call_to_contact", "service_offered"))
        return _has(post.hits, "free_help") or (_has(post.hits, "self_help") and not reached)

    def _why_not(self, answer: str, chance: float, line: float) -> Words:
        if chance >= line:
            return HARMLESS
        if chance >= self._model.line:
            return NO_OFFER
        return NOT_OURS if answer == OTHER_TRADE else BELOW

    def _best(self, scores: Floats, *, ads: bool) -> str:
        """The likeliest answer among ads, or among all others."""
        allowed = [at for at, name in enumerate(self._model.answers) if (name in OURS) == ads]
        return self._model.answers[max(allowed, key=scores.__getitem__)]

    def _claims(self, post: PostRead) -> tuple[Claimed, ...]:
        found: dict[tuple[AdClaim, int], Claimed] = {}
        for hit in post.hits:
            for code in hit.codes:
                cue = self._reader.words.cues.get(code)
                if cue is not None and cue.claim is not None:
                    name = named_in(post.folded.original, hit.start, hit.end) if cue.claim in POSES else None
                    found[cue.claim, hit.start] = Claimed(cue.claim, _quote(post, hit.start, hit.end), name)
        return tuple(found[key] for key in sorted(found, key=lambda key: (key[1], key[0])))

    def _seen(self, post: PostRead) -> list[AdFinding]:
        """What named features add; a feature seen in several places is cited at the first."""
        cited: dict[str, tuple[int, int, bool]] = {}
        for hit in post.hits:
            for code in hit.codes:
                cited.setdefault(f"cue:{code}", (hit.start, hit.end, hit.channel != MAIN))
        for code, start, end in post.frames:
            cited.setdefault(f"frame:{code}", (*post.folded.span(start, end), False))
        for one in post.contacts:
            cited.setdefault(f"contact:{one.kind.value}", (one.start, one.end, bool(one.disguises)))
        names = [name for name in cited if name in self._model.named]
        weights = self._model.named_weights.ad[[self._model.named[name] for name in names]] * SCALE
        return [
            AdFinding(name, self._titles.get(name, CONTACT), _quote(post, start, end), weight, disguised)
            for name, weight in zip(names, np.rint(weights).astype(int).tolist(), strict=True)
            if abs(weight) >= WEIGHS
            for start, end, disguised in [cited[name]]
        ]


def _worded(post: PostRead, passages: Sequence[tuple[int, int, int]]) -> list[AdFinding]:
    """The heaviest passages of wording on each side."""
    ranked = sorted(passages, key=lambda one: one[2])
    told = ranked if len(ranked) <= 2 * SHOWN else [*ranked[:SHOWN], *ranked[-SHOWN:]]
    return [
        AdFinding("wording", WORDING if weight > 0 else UNLIKE, post.folded.passage(start, end), weight)
        for start, end, weight in told
    ]


def _heaviest(reasons: Sequence[AdFinding], sign: int) -> tuple[AdFinding, ...]:
    """The reasons of one side, the heaviest first."""
    mine = [one for one in reasons if one.weight * sign > 0]
    return tuple(sorted(mine, key=lambda one: (-abs(one.weight), one.passage.start, one.code))[:SHOWN])


def _quote(post: PostRead, start: int, end: int) -> Passage:
    return Passage("text", start, end, post.folded.original[start:end])


def _has(hits: Sequence[TermHit], code: str) -> bool:
    return any(code in hit.codes for hit in hits)


def _trade(answer: str) -> Trade | None:
    return Trade.OTHER if answer == OTHER_TRADE else Trade(answer) if answer in OURS else None


def _level(hits: Sequence[TermHit]) -> int | None:
    """The level whose words the guide names; posing as somebody raises it only once a person looked the name up."""
    if _has(hits, LEVEL_ONE):
        return 1
    return 2 if any(_has(hits, code) for code in (LEVEL_TWO, "no_win_no_fee", "win_rate", "many_cases")) else None
