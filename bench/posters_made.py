"""Posters of invented ads with made-up handles, drawn from a seed; and what a re-post does to one. Nothing here is a real ad or account."""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pylopdf_fonts_zh_cn import sans_path, serif_path

SYSTEM = Path("/usr/share/fonts/opentype/noto")
FONTS = [(str(sans_path()), 0), (str(serif_path()), 0)] + [
    (str(SYSTEM / name), 2)  # the face of simplified Chinese
    for name in ("NotoSansCJK-Bold.ttc", "NotoSerifCJK-Bold.ttc")
    if (SYSTEM / name).exists()
]
TITLES = (
    "网贷逾期怎么办", "债务优化中心", "停息挂账 专业团队", "全额退保 一站代办", "征信修复 内部渠道", "反催收联盟招人",
    "信用卡分期协商", "退息退费 成功再收", "停止催收 法务介入", "逾期上岸陪跑营", "保单退费 不成不收", "债务重组 免费评估",
)  # fmt: skip
LINES = (
    "先办后付 不成功不收费", "十年经验 资深法务一对一", "最快三天停止催收电话", "协商六十期 零首付", "不看征信 不上门 全程代办",
    "已帮助三千多位客户上岸", "内部渠道 名额有限", "利息违约金一律减免", "只需提供身份证和账单", "专业写投诉信 百分百受理",
    "保险退保最高拿回九成", "教你一招让银行主动联系", "全国接单 支持异地办理", "咨询免费 评估免费", "收徒带教 话术全套", "团队办理 拒绝套路",
    "信用卡 网贷 车贷都能谈", "逾期一天也能办", "节假日不打烊", "加急办理当天出方案",
)  # fmt: skip
LABELS = (
    ("wechat", ("微信：{}", "加微信 {}", "微信号 {}", "咨询微信：{}", "V信：{}", "vx：{}", "加微 {}", "薇信 {}")),
    ("qq", ("QQ：{}", "QQ {}", "扣扣：{}")),
    ("telegram", ("电报：@{}", "TG：@{}")),
)
LETTERS, DIGITS = "abcdefghijkmnopqrstuvwxyz", "0123456789"


@dataclass(frozen=True)
class Poster:
    """A poster as drawn: the picture, the handles written on it, and what its code holds if it has one."""

    image: Image.Image
    handles: tuple[str, ...]
    payload: str | None
    ground: str


def handle(rng: random.Random, kind: str) -> str:
    """A made-up handle of a kind."""
    if kind == "qq":
        return rng.choice("123456789") + "".join(rng.choices(DIGITS, k=rng.randint(7, 9)))
    head = "".join(rng.choices(LETTERS, k=rng.randint(2, 6)))
    tail = "".join(rng.choices(DIGITS, k=rng.randint(3, 6)))
    return head + rng.choice(("", "", "_" if kind == "telegram" else "-")) + tail


def font(at: tuple[str, int], size: int) -> ImageFont.FreeTypeFont:
    """A face of a font file at a size in pixels."""
    return ImageFont.truetype(at[0], size, index=at[1])


def colour(rng: random.Random, low: int, high: int) -> tuple[int, int, int]:
    """A colour whose channels lie between two bounds."""
    return (rng.randint(low, high), rng.randint(low, high), rng.randint(low, high))


def ground(rng: random.Random, size: tuple[int, int], kind: str, *, dark: bool) -> Image.Image:
    """A ground to write on: plain, shaded, striped, speckled, or blots like those of a photo."""
    low, high = (0, 110) if dark else (190, 255)
    noise = np.random.default_rng(rng.randrange(1 << 30))
    one, other = (np.array(colour(rng, low, high), np.float32) for _ in range(2))
    across = np.linspace(0, 1, size[0], dtype=np.float32)[None, :, None]
    down = np.linspace(0, 1, size[1], dtype=np.float32)[:, None, None]
    mixed = down if rng.random() < 0.5 else (down + across) / 2
    if kind == "plain":
        mixed = mixed * 0
    elif kind == "stripes":
        mixed = np.sin((across * size[0] + down * size[1]) / rng.randint(8, 40)) / 2 + 0.5
    elif kind == "speckles":
        mixed = np.clip(mixed + noise.standard_normal((size[1], size[0], 1), np.float32) / 2, 0, 1)
    elif kind == "blots":
        coarse = (noise.random((rng.randint(6, 14), rng.randint(5, 10))) * 255).astype("uint8")
        mixed = np.asarray(Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC), np.float32)[:, :, None] / 255
    pixels = one * (1 - mixed) + other * mixed + mixed * 0
    return Image.fromarray(np.broadcast_to(np.clip(pixels, 0, 255), (size[1], size[0], 3)).astype("uint8"))


def code(rng: random.Random, side: int, *, logo: bool) -> tuple[Image.Image, str]:
    """A QR code of about `side` pixels with or without a logo in its middle, and what it holds."""
    payload = rng.choice(("https://u.wechat.com/", "https://example.com/f/", "weixin://dl/", "https://qr.example.net/"))
    payload += "".join(rng.choices(LETTERS + DIGITS, k=rng.randint(8, 26)))
    made = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level="H" if logo else "M")
    image = Image.fromarray(np.array(made.to_image(scale=1, add_quiet_zones=True)))
    scale = max(3, side // image.width)
    image = image.resize((image.width * scale, image.height * scale), Image.Resampling.NEAREST).convert("RGB")
    if logo:
        part = round(image.width * rng.uniform(0.16, 0.22))
        mark = Image.new("RGB", (part, part), colour(rng, 20, 230))
        ImageDraw.Draw(mark).text(
            (part // 6, part // 12), rng.choice("债信财保退"), font=font(FONTS[0], part * 2 // 3), fill="white"
        )
        image.paste(mark, ((image.width - part) // 2, (image.height - part) // 2))
    return image, payload


def draw(seed: int, *, turn: bool = True) -> Poster:
    """The poster of a seed; turned up to 8 degrees unless told otherwise."""
    rng = random.Random(seed)
    size = (rng.randrange(720, 1100, 20), rng.randrange(960, 1500, 20))
    dark = rng.random() < 0.5
    kind = rng.choice(("plain", "shade", "stripes", "speckles", "blots"))
    image = ground(rng, size, kind, dark=dark)
    pen, face = ImageDraw.Draw(image), rng.choice(FONTS)
    ink = "white" if dark and rng.random() < 0.7 else colour(rng, *((215, 255) if dark else (0, 70)))
    left, top = rng.randint(50, 110), rng.randint(50, 130)
    title = rng.choice(TITLES)
    big = min(rng.randint(70, 110), (size[0] - left - 40) // len(title))
    if rng.random() < 0.4:
        pen.rectangle(
            (0, top - 25, size[0], top + big + 40), fill=colour(rng, 0, 110) if dark else colour(rng, 190, 255)
        )
    pen.text((left, top), title, font=font(face, big), fill=ink)
    top += round(big * 1.7)
    shown, handles = _lines(rng)
    for line in shown:
        small = min(
            rng.randint(30, 52), (size[0] - left - 40) * 10 // max(1, sum(10 if ord(c) > 255 else 6 for c in line))
        )
        pen.text((left, top), line, font=font(rng.choice(FONTS), small), fill=ink)
        top += round(small * rng.uniform(1.45, 1.9))
    payload = None
    room = min(size[1] - top - 40, size[0] - 2 * left)
    if room > 150:
        square, payload = code(rng, rng.randint(150, min(room, 380)), logo=rng.random() < 0.6)
        image.paste(
            square,
            (rng.randint(left, max(left, size[0] - square.width - 40)), min(top + 10, size[1] - square.height - 10)),
        )
    if turn:
        image = turned(image, rng.uniform(-8, 8), colour(rng, 0, 255))
    return Poster(image, handles, payload, kind)


def turned(image: Image.Image, degrees: float, fill: tuple[int, int, int]) -> Image.Image:
    """An image turned, on a ground just large enough."""
    matrix = cv2.getRotationMatrix2D((image.width / 2, image.height / 2), degrees, 1)
    across, along = np.abs(matrix[0, :2]) @ image.size, np.abs(matrix[1, :2]) @ image.size
    matrix[:, 2] += (across - image.width) / 2, (along - image.height) / 2
    size = (round(across), round(along))
    return Image.fromarray(cv2.warpAffine(np.asarray(image), matrix, size, flags=cv2.INTER_CUBIC, borderValue=fill))


def _lines(rng: random.Random) -> tuple[list[str], tuple[str, ...]]:
    shown, handles = rng.sample(LINES, rng.randint(3, 6)), []
    for kind in rng.choices(("wechat", "qq", "telegram"), (6, 3, 1), k=rng.randint(1, 3)):
        handles.append(handle(rng, kind))
        shown.append(rng.choice(dict(LABELS)[kind]).format(handles[-1]))
    return shown, tuple(handles)


def jpeg(image: Image.Image, quality: int) -> bytes:
    """An image as JPEG of a quality."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def reposted(seed: int, image: Image.Image, parts: Sequence[str] = ("crop", "recolour", "banner")) -> Image.Image:
    """A poster as somebody posts it again: up to 12 % cut off its width and height, colours changed, a banner on top."""
    rng = random.Random(seed)
    if "crop" in parts:
        across, down = rng.uniform(0, 0.12) * image.width, rng.uniform(0, 0.12) * image.height
        x, y = rng.random() * across, rng.random() * down
        image = image.crop((round(x), round(y), round(image.width - across + x), round(image.height - down + y)))
    if "recolour" in parts:
        image = _recoloured(rng, image)
    if "banner" in parts:
        high = round(image.height * rng.uniform(0.05, 0.15))
        under, image = image, Image.new("RGB", (image.width, image.height + high), colour(rng, 0, 255))
        image.paste(under, (0, high))
        words = rng.choice(("搬运请注明 今日更新", "最新名额 速来咨询", "官方认证 放心办理", "本月最后十个名额"))
        ImageDraw.Draw(image).text(
            (20, high // 6), words, font=font(rng.choice(FONTS), max(12, high * 3 // 5)), fill=colour(rng, 0, 255)
        )
    if rng.random() < 0.5:
        scale = rng.uniform(0.6, 1.0)
        image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BICUBIC)
    return image.filter(ImageFilter.GaussianBlur(0.6)) if rng.random() < 0.3 else image


def _recoloured(rng: random.Random, image: Image.Image) -> Image.Image:
    """Each channel on a curve of its own, some channels swapped; light stays lighter than dark."""
    channels = list(image.split())
    rng.shuffle(channels)
    curved = []
    for channel in channels:
        gain, bend, lift = rng.uniform(0.75, 1.1), rng.uniform(0.7, 1.4), rng.uniform(0, 30)
        curved.append(channel.point([min(255, round(lift + gain * 255 * (v / 255) ** bend)) for v in range(256)]))
    return Image.merge("RGB", curved)
