"""Words of ads that no list knows, for a person to accept or refuse; accepted ones are written as a list of the site with a day.

Accepting changes no result: only the written list does, once it is put beside the site's own files, and its id says so. A word
that ordinary borrowers use is accepted as neutral alone, so that nothing can weigh it.
"""

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from mingcha.actions.ads_soliciting import Machine, Soliciting, soliciting_ads
from mingcha.actions.codec import loads
from mingcha.actions.deps import Deps
from mingcha.actions.kept import open_record
from mingcha.actions.lots import LOT, lots
from mingcha.actions.numbered import add_numbered
from mingcha.actions.permit import may
from mingcha.actions.ports.store import Work
from mingcha.actions.reasons import keep_reason, reasoned
from mingcha.actions.sealing import DECISIONS, seal_act
from mingcha.actions.standings import kept
from mingcha.ads.proposals import KnownPost, gather, often_ordinary, ranked, words_in
from mingcha.ads.reading import PostRead
from mingcha.errors import InputError, OutOfOrder
from mingcha.model.actor import Actor
from mingcha.model.proposal import WordDecision, WordProposals
from mingcha.model.words import Words
from mingcha.standards.calendar import local_day
from mingcha.text.contacts import contacts
from mingcha.text.masking import masked
from mingcha.text.normalise import normalise

DECIDED = "ad_words"  # of summaries
DECIDING = Words("采纳或拒绝新词", "accept or refuse a word")
INNOCENTS = 50_000  # complaints read, the newest; the rest are said to be left out
EXAMPLES, AROUND = 3, 8  # shown of each word, characters on either side
UNKNOWN = "unknown"  # ads that do not say who posted them count as one account
RULES = re.compile(r"第.{1,6}条|条例|办法|规定|法规|消保|监管|权益保护")
A_WORD = re.compile(r"[\u3400-\u9fffa-z]{2,16}")


def propose_words(deps: Deps, actor: Actor, machine: Machine) -> WordProposals:
    """Unknown words beside known ones in the ads that solicit, counted against complaints no ad is tied to. Nothing is kept."""
    may(actor, "see_ads")
    with deps.store.read() as work:
        ads = [ad for ad in soliciting_ads(deps, work, machine) if ad.text]
        read = [machine.read(ad.text) for ad in ads]
        posts = [
            KnownPost(ad.account or UNKNOWN, one.wording, tuple(_known(one))) for ad, one in zip(ads, read, strict=True)
        ]
        found = gather(posts, {*machine.terms, *(term.term for term in deps.lexicon.terms)})
        counted, innocents, left_out = _among_innocents(deps, work, set(found))
        decided = decisions(work)
    accounts = len({post.account for post in posts})
    said = {one.word for one in decided}
    proposed = [one for one in ranked(found, accounts, counted, innocents) if one.word not in said]
    return WordProposals(
        proposed=tuple(
            replace(
                one,
                examples=tuple(_examples(one.word, ads, posts)),
                ordinary=ordinary(deps, one.word, one.innocents_with, one.innocents),
            )
            for one in proposed
        ),
        decided=tuple(decided),
        ads=len(ads),
        accounts=accounts,
        innocents=innocents,
        left_out=left_out,
        lexicon=deps.lexicon.scheme,
    )


def decide_word(deps: Deps, actor: Actor, word: str, *, accepted: bool, reason: str) -> WordDecision:
    """Accept or refuse a word for the trade's list, with a reason; sealed with the day. A later word on it replaces this one."""
    may(actor, "decide_words")
    reasoned(reason, DECIDING)
    plain = normalise(word.strip()).text
    if not A_WORD.fullmatch(plain) or contacts(plain):
        expected = Words(
            "2 至 16 个汉字或字母的词，不含联系方式", "a word of 2 to 16 characters or letters, no contact"
        )
        raise InputError(where="word", found=word, expected=expected)
    if any(normalise(term.term).text == plain and not term.neutral for term in deps.lexicon.terms):
        raise OutOfOrder(
            what=DECIDING,
            why=Words(f"「{plain}」已在词表 {deps.lexicon.scheme}", f"{plain} is in {deps.lexicon.scheme}"),
        )
    with deps.store.read() as work:
        counted, innocents, _ = _among_innocents(deps, work, {plain})
    said = WordDecision(
        id=deps.new_id(),
        word=plain,
        accepted=accepted,
        ordinary=ordinary(deps, plain, counted[plain], innocents) is not None,
        by=actor.name,
        at=deps.now(),
    )
    with deps.store.write() as work:
        add_numbered(work, DECIDED, [said])
        act = {
            "act": "decide_word",
            "word": plain,
            "accepted": "yes" if accepted else "no",
            "codes": " ".join(codes_of(said)),
            "lexicon": deps.lexicon.scheme,
            **keep_reason(deps, work, said.id, reason, None),
        }
        seal_act(deps, work, DECISIONS, actor, act)
    return said


def decisions(work: Work) -> list[WordDecision]:
    """The newest word of a person on each word, by word."""
    newest = {one.word: one for _, body in work.summaries.all(DECIDED) for one in [loads(WordDecision, body)]}
    return [newest[word] for word in sorted(newest)]


def site_lexicon(deps: Deps, actor: Actor) -> tuple[str, str]:
    """The list in force with what was accepted, as a file of the site: its name and its text. Putting it in place is the site's."""
    may(actor, "decide_words")
    with deps.store.read() as work:
        accepted = [one for one in decisions(work) if one.accepted]
    day = local_day(deps.now())
    held = deps.standards.lexicon
    there = {normalise(row["term"]).text for row in held["terms"]}
    more = [one for one in accepted if one.word not in there]
    lines = [
        f"# {held['id']} with {len(more)} words people of this site accepted; written {day} by mingcha ads words --export.",
        f"id = {_quoted(f'lexicon@{day}+site.{len(accepted)}')}",
        f"effective = {day}",
        f"allow = [{', '.join(_quoted(phrase) for phrase in held.get('allow', ()))}]",
        *(
            line
            for row in held["terms"]
            for line in _term(row["term"], row["codes"], row["source"], row.get("synthetic", False))
        ),
        *(
            line
            for one in more
            for line in _term(one.word, codes_of(one), f"site {local_day(one.at)} {one.by}", synthetic=False)
        ),
    ]
    return f"lexicon@{day}.toml", "\n".join(lines) + "\n"


def codes_of(one: WordDecision) -> tuple[str, ...]:
    """The codes an accepted word stands under: of an ad, and neutral where borrowers use it."""
    return ("AD", "NT") if one.ordinary else ("AD",)


def ordinary(deps: Deps, word: str, innocents_with: int, innocents: int) -> Words | None:
    """Why ordinary borrowers may use a word; None where nothing says so."""
    neutral = next(
        (t.term for t in deps.lexicon.terms if t.neutral and not t.synthetic and (t.term in word or word in t.term)),
        None,
    )
    if neutral is not None:
        return Words(
            f"含普通借款人也用的词「{neutral}」，采纳后只作中性词",
            f"shares {neutral}, which borrowers use: it would be neutral",
        )
    if RULES.search(word):
        return Words(
            "像是引用法规，普通投诉人也会写，采纳后只作中性词",
            "it cites rules, as any complainant may: it would be neutral",
        )
    if often_ordinary(innocents_with, innocents):
        return Words(
            f"{innocents:,} 件普通投诉中有 {innocents_with:,} 件也用，采纳后只作中性词",
            f"{innocents_with:,} of {innocents:,} ordinary complaints use it too: it would be neutral",
        )
    return None


def _known(read: PostRead) -> Iterator[tuple[int, int]]:
    """Where listed words and frames stand, in folded characters."""
    starts = read.folded.starts
    for hit in read.hits:
        yield bisect_left(starts, hit.start), bisect_left(starts, hit.end)
    for _, start, end in read.frames:
        yield start, end


def _among_innocents(deps: Deps, work: Work, wanted: set[str]) -> tuple[Counter[str], int, int]:
    """In how many complaints that no ad is tied to each word stands; how many they are, and how many were not read."""
    ids = [one.id for one in work.records.scan("complaints") if one.wrapped]
    counted: Counter[str] = Counter()
    innocents = 0
    for lot in lots(ids[-INNOCENTS:], LOT):
        tied = {id_ for id_, one in kept(work, lot).items() if any(kind == "ad_handle" for kind, *_ in one.facts)}
        for stored in work.records.heads("complaints", [id_ for id_ in lot if id_ not in tied]).values():
            innocents += 1
            counted.update(words_in(normalise(open_record(deps.keys, stored).clear.text or "").text, wanted))
    return counted, innocents, max(0, len(ids) - INNOCENTS)


def _examples(word: str, ads: Sequence[Soliciting], posts: Iterable[KnownPost]) -> Iterator[str]:
    """How a few accounts use it, masked."""
    seen: set[str] = set()
    for ad, post in zip(ads, posts, strict=True):
        if word in post.wording and post.account not in seen and len(seen) < EXAMPLES:
            seen.add(post.account)
            folded = normalise(ad.text)
            at = post.wording.index(word)
            first, last = folded.span(max(0, at - AROUND), min(len(folded.text), at + len(word) + AROUND))
            yield " ".join(masked(ad.text)[first:last].split())


def _term(term: str, codes: Iterable[str], source: str, synthetic: bool) -> Iterator[str]:
    yield "\n[[terms]]"
    yield f"term = {_quoted(term)}"
    yield f"codes = [{', '.join(_quoted(code) for code in codes)}]"
    yield f"source = {_quoted(source)}"
    if synthetic:
        yield "synthetic = true"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
