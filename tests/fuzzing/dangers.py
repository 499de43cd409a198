"""All dangerous files."""

from page_dangers import PAGES
from pdf_dangers import PDFS
from text_dangers import TEXTS
from word_dangers import WORDS

DANGERS = (*TEXTS, *PAGES, *WORDS, *PDFS)
