"""What pure code knows of an image: spans to boxes, and when two hashes are of one poster."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingcha.model.image import (
    BANNERS,
    PART_BITS,
    PARTS,
    WHOLE_BITS,
    ImageRead,
    ImageWord,
    differing,
    nearest_parts,
    same_poster,
)

WHOLE = st.integers(0, 2**256 - 1).map(lambda n: f"{n:064x}")


def read(pdq: str = "0" * 64, crops: tuple[str, ...] = (), quality: int = 100) -> ImageRead:
    words = (ImageWord("加微信", (0, 0, 60, 20), 990_000), ImageWord("wjq80213", (70, 0, 170, 20), 900_000))
    return ImageRead(
        "a", "PNG", 200, 100, 1, "加微信 wjq80213", words, ((0, 3), (4, 12)), (), pdq, quality, "0" * 16, crops
    )


@pytest.mark.parametrize(
    ("span", "boxes"),
    [
        ((0, 1), [(0, 0, 60, 20)]),
        ((3, 4), []),
        ((2, 5), [(0, 0, 60, 20), (70, 0, 170, 20)]),
        ((11, 99), [(70, 0, 170, 20)]),
        ((5, 5), []),
        ((6, 2), []),
    ],
)
def test_a_span_touches_words_and_gets_their_boxes(span: tuple[int, int], boxes: list[tuple[int, ...]]) -> None:
    assert list(read().boxes(*span)) == boxes


@given(WHOLE, WHOLE)
def test_differing_bits_are_counted_as_a_slow_twin_counts_them(one: str, other: str) -> None:
    pairs = zip(f"{int(one, 16):0256b}", f"{int(other, 16):0256b}", strict=True)
    assert differing(one, other) == sum(a != b for a, b in pairs)
    assert differing(one, one) == 0


def test_hashes_of_two_lengths_are_not_compared() -> None:
    with pytest.raises(ValueError, match="one length"):
        differing("00", "000")


def bits(n: int, of: int) -> str:
    return f"{(1 << n) - 1:0{of // 4}x}"


def test_the_whole_decides_up_to_its_limit() -> None:
    same = same_poster(read(), read(bits(WHOLE_BITS, 256)))
    assert same is not None
    assert (same.bits, same.of, same.parts) == (WHOLE_BITS, 256, False)
    assert same_poster(read(), read(bits(WHOLE_BITS + 1, 256))) is None


def test_nearly_even_pictures_are_never_the_same() -> None:
    assert same_poster(read(), read(quality=49)) is None
    assert same_poster(read(), read(quality=50)) is not None


def far(n: int) -> str:
    """A hash far from 0 and, for another n, far from this one too."""
    return f"{int(('01' * 384 if n % 2 else '0011' * 192), 2):0192x}"


@pytest.mark.parametrize("turned_round", [False, True])
def test_parts_are_compared_across_a_banner_and_a_cut_either_way(turned_round: bool) -> None:
    n, halves = len(BANNERS), bits(128, 256)
    one = [far(0)] * len(PARTS)
    other = [far(1)] * len(PARTS)
    assert nearest_parts(tuple(one), tuple(other)) == 384
    one[2], other[n + 5] = "0" * 192, bits(PART_BITS, 768)
    pair = (read("0" * 64, tuple(one)), read(halves, tuple(other)))
    same = same_poster(*(pair[::-1] if turned_round else pair))
    assert same is not None
    assert (same.bits, same.of, same.parts) == (PART_BITS, 768, True)
    other[n + 5] = bits(PART_BITS + 1, 768)
    assert same_poster(pair[0], read(halves, tuple(other))) is None


def test_two_banners_or_two_cuts_are_not_compared() -> None:
    n = len(BANNERS)
    one, other = [far(0)] * len(PARTS), [far(1)] * len(PARTS)
    one[1] = other[2] = one[n + 3] = other[n + 4] = "0" * 192
    nearest = nearest_parts(tuple(one), tuple(other))
    assert nearest is not None
    assert nearest < 384  # each of them against the other's far ones
    assert nearest > PART_BITS or nearest == 0


def test_images_without_parts_are_told_by_the_whole_alone() -> None:
    assert nearest_parts((), ("0" * 192,)) is None
    assert same_poster(read(), read(bits(100, 256), ("0" * 192,) * len(PARTS))) is None
