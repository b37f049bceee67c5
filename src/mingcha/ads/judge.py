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
from mingcha.ads.reading import LEFT_OUT, PostRead, Reader
from mingcha.ads.wording import WEIGHS, Wording, weigh
from mingcha.model.advert import MILLION, POSES, AdClaim, AdFinding, Claimed, PostJudged, Stance, Trade
from mingcha.model.text import Passage
from mingcha.model.words import Words
from mingcha.text.lexicon import MAIN
from mingcha.text.normalise import FOLD_SCHEME

OURS = tuple(trade.value for trade in Trade if trade is not Trade.OTHER)
OTHER_TRADE = "solicits_other"
LEVEL_ONE, LEVEL_TWO = "G1", "G2"
SHOWN = 6  # reasons shown for a side, those that weigh most
WORDING = Words("措辞常见于招揽", "wording as ads have it")
UNLIKE = Words("措辞少见于招揽", "wording unlike an ad's")
CONTACT = Words("留有联系方式", "gives a contact")
NO_OFFER = Words(
    "没有看到报价、承诺或招呼联系的话，又不足够明显，不算广告",
    "no offer is seen (no price, promise or call to get in touch), and it is not clear enough without one",
)
BELOW = Words("不够像广告", "not enough speaks for an ad")
NOT_OURS = Words("招揽的是别的行当", "it solicits, but for another trade")
Seen = tuple[int, str, int, int, bool]  # weight, feature, start and end in the original, whether in disguise
HARMLESS = Words(
    "法律援助、工会、互助且不收费，或劝人自己办、叫人别信的，不算广告",
    "legal aid, a union, mutual help without a fee, or telling others to do it themselves or not to believe it is no ad",
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
        model = self._model
        named = [model.known(self._reader.features(post)) for post in posts]
        before = np.array([model.bias.ad[0] + model.named_weights.ad[mine].sum(axis=0) for mine in named])
        wording = weigh(model, [post.units for post in posts], before)
        return [self._judged(post, mine, wording, at) for at, (post, mine) in enumerate(zip(posts, named, strict=True))]

    def _judged(self, post: PostRead, named: Sequence[int], wording: Wording, at: int) -> PostJudged:
        model, side = self._model, int(wording.odds[at].argmin())
        chance = (1 + math.tanh(wording.odds[at, side] / 2)) / 2  # the logistic, for odds of any size
        line = model.line(len(post.units.codes), offered=self._offers(post))
        is_ad = chance >= line and not self._harmless(post)
        scores = model.bias.answers[0] + model.named_weights.answers[named].sum(axis=0) + wording.answers[at]
        answer = self._best(scores, ads=is_ad)
        seen, passages = self._seen(post, side), wording.passages[at]
        reasons = self._told(post, seen, passages)
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
            level=_level(post.codes) if is_ad else None,
            evasive=any(hit.channel != MAIN for hit in post.hits) or any(one.disguises for one in post.contacts),
            why_not=None if is_ad else self._why_not(post, answer, chance, line),
            left_out=len(seen) + len(passages) - len(findings) - len(against),
        )

    def _offers(self, post: PostRead) -> bool:
        cues = self._reader.words.cues
        return (
            bool(post.contacts)
            or any(cues[code].offers for code in post.codes if code in cues)
            or any(code in self._offering for code, _, _ in post.frames)
        )

    def _harmless(self, post: PostRead) -> bool:
        """Help without a fee; and whoever says that one can do it oneself or that it is a fraud, and does not want to be reached
        but in what is quoted."""
        if "free_help" in post.codes and post.codes.isdisjoint(("price", "no_win_no_fee")):
            return True
        return not post.codes.isdisjoint(("self_help", "warned")) and not _reached(post)

    def _why_not(self, post: PostRead, answer: str, chance: float, line: float) -> Words:
        if chance >= line:
            return HARMLESS
        if chance >= self._model.line(len(post.units.codes), offered=True):
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

    def _seen(self, post: PostRead, side: int) -> list[Seen]:
        """What named features add to one of the two sums; a feature seen in several places is cited at the first."""
        cited: dict[str, tuple[int, int, bool]] = {}
        for hit in post.hits:
            for code in hit.codes:
                cited.setdefault(f"cue:{code}", (hit.start, hit.end, hit.channel != MAIN))
        for code, start, end in post.frames:
            if f"frame:{code}" not in cited:
                cited[f"frame:{code}"] = (*post.folded.span(start, end), False)
        for one in post.contacts:
            cited.setdefault(f"contact:{one.kind.value}", (one.start, one.end, bool(one.disguises)))
        names = [name for name in cited if name in self._model.named]
        weights = self._model.named_weights.ad[[self._model.named[name] for name in names], side] * SCALE
        whole = np.rint(weights).astype(int).tolist()
        return [
            (weight, name, *cited[name]) for name, weight in zip(names, whole, strict=True) if abs(weight) >= WEIGHS
        ]

    def _told(self, post: PostRead, seen: Sequence[Seen], passages: Sequence[tuple[int, int, int]]) -> list[AdFinding]:
        """Those reasons that may be among the heaviest of their side."""
        ranked = sorted([*(one[0] for one in seen), *(one[2] for one in passages)])
        low, high = (min(ranked[SHOWN - 1], 0), max(ranked[-SHOWN], 0)) if len(ranked) > SHOWN else (0, 0)
        told = [
            AdFinding(name, self._titles.get(name, CONTACT), _quote(post, start, end), weight, disguised)
            for weight, name, start, end, disguised in seen
            if weight >= high or weight <= low
        ]
        return told + [
            AdFinding("wording", WORDING if weight > 0 else UNLIKE, post.folded.passage(start, end), weight)
            for start, end, weight in passages
            if weight >= high or weight <= low
        ]


def _heaviest(reasons: Sequence[AdFinding], sign: int) -> tuple[AdFinding, ...]:
    """The reasons of one side, the heaviest first."""
    mine = [one for one in reasons if one.weight * sign > 0]
    return tuple(sorted(mine, key=lambda one: (-abs(one.weight), one.passage.start, one.code))[:SHOWN])


def _quote(post: PostRead, start: int, end: int) -> Passage:
    return Passage("text", start, end, post.folded.original[start:end])


def _reached(post: PostRead) -> bool:
    """Whether the reader is to get in touch, by other words than those the post quotes."""
    frames = [(code, *post.folded.span(start, end)) for code, start, end in post.frames]
    quoted = [(start, end) for code, start, end in frames if code == "quoted"]
    spans = [(hit.start, hit.end) for hit in post.hits if "hook" in hit.codes]
    spans += [(start, end) for code, start, end in frames if code == LEFT_OUT]
    spans += [(one.start, one.end) for one in post.contacts]
    return not all(any(first <= start and end <= last for first, last in quoted) for start, end in spans)


def _trade(answer: str) -> Trade | None:
    return Trade.OTHER if answer == OTHER_TRADE else Trade(answer) if answer in OURS else None


def _level(codes: frozenset[str]) -> int | None:
    """The level whose words the guide names; posing as somebody raises it only once a person looked the name up."""
    if LEVEL_ONE in codes:
        return 1
    return None if codes.isdisjoint((LEVEL_TWO, "no_win_no_fee", "win_rate", "many_cases")) else 2
