"""Makes office scans of pages: skew, noise, uneven light, JPEG; image-only PDFs, pictures and mixed PDFs."""

from __future__ import annotations

import io
import random
from typing import Any

import numpy as np
import pypdfium2
from fpdf import FPDF
from PIL import Image, ImageFilter

from corpus.samples.pdf_layout import MADE


def page_images(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Every page in colour at the scan's resolution."""
    opened = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in opened]


def degrade(image: Image.Image, settings: dict[str, Any], seed: str) -> Image.Image:
    """A moderate office scan: legible, a little askew, a little dirty."""
    dice = random.Random(seed)
    noise = np.random.default_rng(dice.randrange(2**32))
    skew = settings.get("skew", 0.5) * (1 if dice.random() < 0.5 else -1)
    image = image.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=(252, 252, 250))
    image = image.filter(ImageFilter.GaussianBlur(settings.get("blur", 0.5)))
    if not settings.get("colour", False):
        image = image.convert("L")
    pixels = np.asarray(image, dtype=np.float32)
    light = np.linspace(1.0, settings.get("shade", 0.95), pixels.shape[1], dtype=np.float32)
    pixels = pixels * (light[None, :, None] if pixels.ndim == 3 else light[None, :])
    pixels += noise.normal(0, settings.get("noise", 5), pixels.shape).astype(np.float32)
    height, width = pixels.shape[:2]
    for _ in range(settings.get("specks", 25)):
        y, x = dice.randrange(height - 3), dice.randrange(width - 3)
        pixels[y : y + 2, x : x + 2] = dice.randrange(60, 160)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def ruin(image: Image.Image, seed: str) -> Image.Image:
    """A page that went through the scanner badly: nobody can read it."""
    noise = np.random.default_rng(random.Random(seed).randrange(2**32))
    small = image.convert("L").resize((image.width // 14, image.height // 14), Image.Resampling.BOX)
    blurred = small.resize(image.size, Image.Resampling.BILINEAR).filter(ImageFilter.GaussianBlur(9))
    pixels = np.asarray(blurred, dtype=np.float32) * 0.5 + 70
    stripes = np.sin(np.arange(pixels.shape[0]) / 9.0)[:, None] * 25
    return Image.fromarray(np.clip(pixels + stripes + noise.normal(0, 14, pixels.shape), 0, 255).astype(np.uint8))


def jpeg(image: Image.Image, quality: int) -> bytes:
    held = io.BytesIO()
    image.save(held, "JPEG", quality=quality)
    return held.getvalue()


def scans(pdf: bytes, dpi: int, settings: dict[str, Any], seed: str) -> list[Image.Image]:
    """Every page as it comes out of the scanner."""
    made = []
    for number, image in enumerate(page_images(pdf, dpi), start=1):
        if number in settings.get("ruined", []):
            made.append(ruin(image, f"{seed}{number}"))
        else:
            made.append(degrade(image, settings, f"{seed}{number}"))
    return made


def image_pdf(images: list[Image.Image], quality: int) -> bytes:
    """A PDF that holds nothing but pictures of pages."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(MADE)
    pdf.set_margin(0)
    pdf.set_auto_page_break(False)
    for image in images:
        pdf.add_page()
        pdf.image(io.BytesIO(jpeg(image, quality)), x=0, y=0, w=210, h=297)
    return bytes(pdf.output())


def mixed_pdf(pdf: bytes, scanned: bytes, pages: list[int]) -> bytes:
    """The text PDF with some of its pages (from 1) replaced by scans of them."""
    text, pictures = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument(scanned)
    made = pypdfium2.PdfDocument.new()
    for number in range(1, len(text) + 1):
        made.import_pages(pictures if number in pages else text, [number - 1])
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()
