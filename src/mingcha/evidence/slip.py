"""A slip: what is printed on one sheet and kept outside, so that a bundle or a chain made wholly anew is found by it."""

from collections.abc import Mapping

from mingcha.model.words import Words

FORMAT = "mingcha-slip/1"


def grouped(digest: str) -> str:
    """A digest in groups of four, as a person reads and types it."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def slip(day: str, root: str, count: int, manifest: str, heads: Mapping[str, tuple[int, str]]) -> Words:
    """The text of the slip: root of a bundle over `count` files, digest of its manifest, and heads as {chain: (seq, hash)}."""
    ends = [(f"{chain}:{seq}:", grouped(digest)) for chain, (seq, digest) in sorted(heads.items())]
    listed = "".join(f"{name}\n  {digest}\n" for name, digest in ends)
    sums = f"  {grouped(root)}\n", f"  {grouped(manifest)}\n"
    return Words(
        f"核验纸条  {day}\n\n根值 root（{count} 个文件）\n{sums[0]}\nmanifest-sha256.txt 的 SHA-256\n{sums[1]}\n链尾 heads\n{listed}\n"
        '请与证据包分开保存。日后核验：python3 verify.py "根值"；不用程序时：certutil -hashfile manifest-sha256.txt SHA256。\n',
        f"Slip for checking  {day}\n\nroot ({count} files)\n{sums[0]}\nSHA-256 of manifest-sha256.txt\n{sums[1]}\nheads\n{listed}\n"
        'Keep it apart from the bundle. To check: python3 verify.py "ROOT"; by hand: certutil -hashfile manifest-sha256.txt SHA256.\n',
    )


def slip_code(day: str, root: str, count: int, manifest: str, heads: Mapping[str, tuple[int, str]]) -> str:
    """The same in one line of ASCII, for a QR code: every part by itself is what verify.py takes."""
    ends = (f"{chain}:{seq}:{digest}" for chain, (seq, digest) in sorted(heads.items()))
    return " ".join([FORMAT, day, str(count), root, manifest, *ends])
