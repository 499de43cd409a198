"""Whether rjieba gives jieba's tokens: over real texts and over generated ones, with the HMM and without, with words of a user's.

    python benchmarks/identity.py ../shared/corpus [--generated N] [--seed S]

The reference is jieba as it is used without us: its own Tokenizer and its own load_userdict. Generated texts mix words,
figures, Latin letters, addresses, rare ideographs, emoji, full width and random characters. Prints tokens compared and texts
that differ; exit 1 where any does. Every file of the folder that decodes is compared, transcriptions of one report too.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import jieba

from corpus_tools.language import engines
from corpus_tools.language.lexicon import word_list
from corpus_tools.reading import read

WORDS = """\
云溪新路
i科普
5G-A
互联网+
科协工作 5 n
高质量发展
新质生产力 300
建立健全 0
人民群众 0
的 0
国务 2000
GDP 0
"""
CHINESE = (
    "科协 深入开展 新质生产力 第四届 二〇二一年 一个 万万万 人民群众 建立健全 国务院 的 了 亿元 2021 50.3% 1,200 20余万"
)
LATIN = "i科普 5G-A a.b_c-d https://a.b-c.cn/x?y=1&z=%20 PM2.5 1+6+N v1.2.3 ２０２１ ％ ． Ａ - _ . % & # GDP C++"
RARE = "㐂 𠮷 鿿 豈 龍 〇 あ 한 é 😀 👩‍🔬 \u200b \ufeff"
PIECES = f"{CHINESE} {LATIN} {RARE}".split(" ")
SPACES = [" ", "\u3000", "\n", "\r\n", "\t", "、", "“", "。"]


def real(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".txt", ".docx"):
            yield read(path).text


def generated(count: int, seed: int) -> Iterator[str]:
    r = random.Random(seed)
    for _ in range(count):
        yield "".join(_piece(r) for _ in range(r.randrange(1, 40)))


def _piece(r: random.Random) -> str:
    kind = r.random()
    if kind < 0.6:
        return r.choice(PIECES)
    if kind < 0.8:
        return chr(r.randrange(0x4E00, 0x9FA6))
    if kind < 0.9:
        return r.choice(SPACES)
    return chr(r.choice((r.randrange(0x20, 0xD800), r.randrange(0xE000, 0x30000))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--generated", type=int, default=20_000, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    jieba.setLogLevel(logging.CRITICAL)
    sets = {"real": list(real(args.folder)), "generated": list(generated(args.generated, args.seed))}
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "own.txt"
        own.write_text(WORDS, "utf-8")
        plain, with_words = jieba.Tokenizer(), jieba.Tokenizer()
        differ = 0
        for name, reference, entries in (("without", plain, ()), ("with", with_words, word_list(own))):
            if (
                entries
            ):  # also fills a set that all of jieba's tokenizers share: the plain one has been compared by then
                reference.load_userdict(str(own))
            for hmm in (True, False):
                cut = engines.make("rjieba", entries, hmm=hmm)
                for kind, texts in sets.items():
                    tokens = wrong = 0
                    for text in texts:
                        expected = reference.lcut(text, HMM=hmm)
                        tokens += len(expected)
                        wrong += cut(text) != expected
                    differ += wrong
                    size = f"{len(texts):6} texts {sum(map(len, texts)):9} characters {tokens:9} tokens"
                    print(f"{kind:10} {name:8} user words  HMM {hmm!s:5}  {size}  {wrong} texts differ", flush=True)
    sys.exit(bool(differ))


if __name__ == "__main__":
    main()
