"""Opening an image that anybody may have made: limits are held before a pixel is decoded, and what was changed is told."""

import struct
import warnings
import zlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from mingcha.errors import UnreadableFile
from mingcha.model.times import credible
from mingcha.model.words import Words

Image.init()  # only named formats are tried, so all are to be known before

MOST_BYTES = 30_000_000
MOST_PIXELS = 50_000_000  # 150 MB decoded
MOST_SIDE = 32_000  # pixels: where the libraries stop
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")  # none that runs anything or follows an address
ORIENTATION, TURNED = 0x0112, range(2, 9)  # the EXIF tag and its values for what is not upright
CAMERA, TAKEN, TAKEN_ZONE = 0x8769, 0x9003, 0x9011  # what the camera says, in it when and in which zone
SIXTEEN = ("I;16", "I;16L", "I;16B", "I;16N")
PALE = 160  # of 255: what is drawn this light on nothing needs a dark ground
BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, RuntimeError, MemoryError, struct.error, zlib.error,
)  # fmt: skip
"""What Pillow's decoders raise on bytes that are not what they claim."""


@dataclass(frozen=True, slots=True)
class OpenedImage:
    """An image as it is shown: height x width x 3 (red, green, blue) of 8 bits; `format` and `frames` are the file's."""

    pixels: NDArray[np.uint8]
    format: str
    frames: int
    notes: tuple[Words, ...]


def opened(data: bytes, name: str) -> OpenedImage:
    """The first frame, upright, as RGB. UnreadableFile: no image of a known format, too large, damaged or cut short."""
    _weigh(data, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what its decoders mutter about; the size is judged below
        try:
            image = Image.open(BytesIO(data), formats=FORMATS)
        except Image.DecompressionBombError:
            raise _too_many_pixels(name) from None
        except UnidentifiedImageError:
            raise _unknown(data, name) from None
        except BROKEN:
            raise _damaged(name) from None
        if _giant(image):
            raise _too_many_pixels(name)
        try:
            return _decoded(image)
        except Image.DecompressionBombError:  # a further frame or tile that claims more than the header
            raise _too_many_pixels(name) from None
        except BROKEN:
            raise _damaged(name) from None


def made_at(path: Path) -> datetime | None:
    """When a photo was taken, as its camera says; without a zone where the camera tells none. Of what is too large: None."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        with Image.open(path, formats=FORMATS) as image:
            if _giant(image):  # a PNG is decoded for what its camera says
                return None
            told = image.getexif().get_ifd(CAMERA)
        at, zone = str(told.get(TAKEN, "")).strip("\0 "), str(told.get(TAKEN_ZONE, "")).strip("\0 ")
        return credible(datetime.strptime(f"{at}{zone}", "%Y:%m:%d %H:%M:%S%z" if zone else "%Y:%m:%d %H:%M:%S"))  # noqa: DTZ007 -- most cameras tell no zone
    except (*BROKEN, UnidentifiedImageError, Image.DecompressionBombError):
        return None


def _giant(image: Image.Image) -> bool:
    return image.width * image.height > MOST_PIXELS or max(image.size) > MOST_SIDE


def _decoded(image: Image.Image) -> OpenedImage:
    format_, frames = image.format or "", max(1, int(getattr(image, "n_frames", 1)))
    image.seek(0)
    image.load()
    notes = []
    if frames > 1:
        notes.append(Words(f"共有 {frames} 帧，只读取了第一帧", f"it has {frames} frames; only the first was read"))
    turned = image.getexif().get(ORIENTATION) in TURNED
    shown, told = _eight_bits(ImageOps.exif_transpose(image) if turned else image)
    if turned:
        notes.append(Words("已按照片中记录的方向转正", "turned upright as the photo's orientation says"))
    return OpenedImage(np.array(shown, np.uint8), format_, frames, (*notes, *told))


def _eight_bits(image: Image.Image) -> tuple[Image.Image, list[Words]]:
    """The image as RGB of 8 bits, and what had to be done to it."""
    if image.mode in SIXTEEN:
        sixteen = np.asarray(image).astype(np.uint32)
        grey = Image.fromarray((sixteen >> 8).astype(np.uint8))
        return grey.convert("RGB"), [Words("16 位图像已转为 8 位", "16 bits a channel were reduced to 8")]
    if image.mode in ("I", "F"):
        values = np.nan_to_num(np.asarray(image).astype(np.float64))
        span = float(values.max() - values.min()) or 1.0
        grey = Image.fromarray(((values - values.min()) / span * 255).astype(np.uint8))
        return grey.convert("RGB"), [Words("高位深图像已转为 8 位", "a deep image was reduced to 8 bits")]
    if "A" in image.mode or "a" in image.mode or "transparency" in image.info:
        return _grounded(image.convert("RGBA"))
    told = (
        [Words("印刷色（CMYK）已转为 RGB", "printing colours (CMYK) were converted to RGB")]
        if image.mode == "CMYK"
        else []
    )
    return image.convert("RGB"), told


def _grounded(image: Image.Image) -> tuple[Image.Image, list[Words]]:
    """What is transparent laid on white, or on black where what is drawn is pale; nothing is said if all is opaque."""
    pixels = np.asarray(image)
    alpha = pixels[..., 3]
    if alpha.min() == 255:
        return image.convert("RGB"), []
    drawn = pixels[..., :3][alpha > 127]
    dark = drawn.size > 0 and float(drawn.mean()) > PALE
    ground = Image.new("RGBA", image.size, "black" if dark else "white")
    where = Words("黑色", "black") if dark else Words("白色", "white")
    told = Words(f"透明部分已衬以{where.zh}底", f"transparent parts were laid on {where.en}")
    return Image.alpha_composite(ground, image).convert("RGB"), [told]


def _weigh(data: bytes, name: str) -> None:
    if not data:
        raise UnreadableFile(file=name, why=Words("文件是空的", "it is empty"))
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise UnreadableFile(
            file=name, why=Words(f"图片超过 {most} MB", f"images of more than {most} MB are not opened")
        )


def _unknown(data: bytes, name: str) -> UnreadableFile:
    if b"<svg" in data[:4096].lower():
        why = Words(
            "SVG 可以含有脚本和外部地址，请先转成 PNG",
            "SVG can hold scripts and outside addresses: turn it into PNG first",
        )
        return UnreadableFile(file=name, why=why)
    known = Words(
        "不是 JPEG、PNG、WebP、GIF、BMP、TIFF 或 AVIF 图片", "no JPEG, PNG, WebP, GIF, BMP, TIFF or AVIF image"
    )
    return UnreadableFile(file=name, why=known)


def _too_many_pixels(name: str) -> UnreadableFile:
    most = MOST_PIXELS // 1_000_000
    zh = f"图片超过 {most} 百万像素，或边长超过 {MOST_SIDE} 像素"
    en = f"images of more than {most} million pixels, or {MOST_SIDE} a side, are not decoded"
    return UnreadableFile(file=name, why=Words(zh, en))


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(file=name, why=Words("图片已损坏或不完整", "the image is damaged or cut short"))
