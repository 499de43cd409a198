"""Pieces of text that generated texts are put together from: what engines cut differently, and what rules take whole."""

from hypothesis import strategies as st

WORDS = "云溪县 科协 深入开展 新质生产力 第四届 二〇二一年 一个 2021 50.3% 1,200 万 亿元 余 年 的 创新 改革 开放"
FORMULAE = "三个代表 重要思想 新发展理念 一带一路 共建 XX *** 某某 20XX 二○XX"
LATIN = "i科普 5G-A a.b_c-d https://a.b-c.cn/x?y=1 PM2.5 1+6+N GDP ２０ ％ ． Ａ - _ . %"
RARE = "㐂 𠮷 鿿 豈 龍 〇 あ 한 é 😀 、 “ ”"
SPACES = ["\u200b", "\ufeff", "\ue000", "\ue001", " ", "\u3000", "\n", "\r\n"]

pieces = [*f"{WORDS} {FORMULAE} {LATIN} {RARE}".split(" "), *SPACES]
mixed = st.one_of(st.lists(st.sampled_from(pieces), max_size=14).map("".join), st.text(max_size=20))
