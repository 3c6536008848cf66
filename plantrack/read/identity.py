"""What a document says it is: title, kind, issuer, number, date, region."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from plantrack.model import DocumentKind, Scope
from plantrack.read.lines import Line, number
from plantrack.read.rules import Patterns, StructureRules

# A title that was broken over lines has at most this many pieces.
_MAX_PIECES = 4
_EXCLAIMED = "!！~～"  # behind the title of a piece of news
_HAN = re.compile("[一-鿿]+")
# 市场, 区域, 市政, 市民 are words of their own; 市政府, 区民政局 are not. 杭州 is no 州 but a 市.
_NO_SUFFIX = "(?!(?<=[州市])市|(?<=州)[区县]|[域场]|政(?![府务协法])|民(?![政族宗生]))"


class Title(NamedTuple):
    """The title and the lines [first, last] it stands in; empty with last < first where there is none.

    `dated` is the title with the line behind it that holds only a year, if there is one.
    """

    text: str
    kind: DocumentKind
    first: int = 0
    last: int = -1
    dated: str = ""


def find_title(found: Sequence[Line], rules: StructureRules, cells: Collection[int] = ()) -> Title:
    """The first line, or few lines together, of the head that end as a title ends.

    Furniture of web pages and newspapers is passed over, and so are the lines of tables, of which
    `cells` holds the numbers. A notice (关于印发《…》的通知) gives the title of the document it
    issues.
    """
    head = found[: rules.head_lines]
    for i in range(len(head)):
        joined = ""
        cut: Title | None = None  # what would be the title, had its 《 been closed
        for k in range(i, min(i + _MAX_PIECES, len(head))):
            if k in cells:
                break
            piece = rules.markdown.sub("", head[k].text, count=1).rstrip(_EXCLAIMED) or head[k].text
            if not _may_be_title(piece, joined, rules):
                break
            joined += "".join(piece.split())
            title = rules.title_footnote.sub("", _issued(joined, rules) or joined)
            kind = kind_of(title, rules)
            if kind is not None and len(title) >= 6:
                behind = head[k + 1].text if k + 1 < len(head) else ""
                if rules.title_goes_on.match(behind):
                    title, k = title + "".join(behind.split()), k + 1
                    kind = kind_of(title, rules) or kind
                    behind = head[k + 1].text if k + 1 < len(head) else ""
                dated = title + (behind if rules.subtitle.search(behind) else "")
                told = Title(title, kind, i, k, dated)
                if title.count("《") <= title.count("》"):
                    return told
                cut = cut or told
        if cut is not None:
            return cut
    return _recorded(head, rules) or _leading(head, rules) or _headline(head, rules)


def _recorded(head: Sequence[Line], rules: StructureRules) -> Title | None:
    """The title that the record at the head of a government page gives: 名称：某市农田建设规划（2021—2030年）."""
    for i, line in enumerate(head):
        if named := rules.record_title.search(line.text):
            title = _issued(named["title"], rules) or named["title"]
            kind = kind_of(title, rules)
            return Title(title, kind, i, i, title) if kind is not None else None
    return None


def _leading(head: Sequence[Line], rules: StructureRules) -> Title | None:
    """The title that a page without line breaks opens with, up to its first blank; it is no line of its own."""
    if not head or len(head[0].text) <= rules.max_title:
        return None
    title = head[0].text[: rules.max_title].split(maxsplit=1)[0]
    kind = kind_of(title, rules) if _may_be_title(title, "", rules) else None
    return Title(title, kind, dated=title) if kind is not None and len(title) >= 6 else None


def _headline(head: Sequence[Line], rules: StructureRules) -> Title:
    """The headline of a piece of news: a line above the running text that names a part of a year."""
    for i, line in enumerate(head):
        if line.text[-1] in rules.sentence_ends:
            break
        if _may_be_title(line.text, "", rules) and rules.headline.search(line.text):
            return Title(line.text, DocumentKind.REPORT, i, i, line.text)
    return Title("", DocumentKind.OTHER)


def after_headline(found: Sequence[Line], rules: StructureRules) -> int:
    """The line behind what could be the headline of a text, below the furniture of its page; 0 where there is none."""
    lines = enumerate(found[: rules.head_lines], start=1)
    opens = ((n, x) for n, x in lines if not any(p.search(x.text) for p in rules.furniture))
    n, line = next(opens, (0, None))
    return n if line is not None and _is_headline(line, rules) else 0


def _is_headline(line: Line, rules: StructureRules) -> bool:
    """Whether a line could be a headline: short, not marked, no sentence."""
    short = len(line.text) <= rules.max_unmarked_title and line.text[-1] not in rules.not_title_end
    return short and not any(marker.pattern.match(line.text) for marker in rules.headings)


def kind_of(title: str, rules: StructureRules) -> DocumentKind | None:
    """The kind a title's ending tells; None where it tells none."""
    bare = rules.title_suffix.sub("", title)
    for form in (title, bare):
        for rule in rules.kinds:
            if rule.pattern.search(form):
                return rule.kind
    return None


def _may_be_title(piece: str, before: str, rules: StructureRules) -> bool:
    if len(piece) + len(before) > 120 or piece[-1] in rules.sentence_ends + "：:，,":
        return False
    if any(c in "。！？；;!?" for c in piece) or any(p.search(piece) for p in rules.furniture):
        return False
    # A line that names the issuer, or a section's mark, does not open or go on with a title.
    issuers = (pattern.search(piece) for pattern in rules.issuer)
    if any(match is not None and match.end() == len(piece) for match in issuers):
        return False
    return not any(m.pattern.match(piece) for m in rules.headings)


def _issued(title: str, rules: StructureRules) -> str:
    match = rules.notice.search(title)
    return (match["title"] or match["bare"] or "") if match else ""


def find_first(patterns: Patterns, head: Sequence[Line]) -> re.Match[str] | None:
    """The first match of the first pattern that matches a line of the head."""
    for pattern in patterns:
        for line in head:
            match = pattern.search(line.text)
            if match:
                return match
    return None


def find_date(found: Sequence[Line], rules: StructureRules) -> date | None:
    """The date of publication, from the head, else a line of its own among the last lines."""
    head = found[: rules.head_lines]
    alone = [x for x in head if len(x.text) <= rules.max_unmarked_title]
    places = (alone, head, [x for x in found[-10:] if len(x.text) <= 16])
    for lines in places:
        short = [x for x in lines if len(x.text) <= 2 * rules.max_title]
        match = find_first(rules.published, short)
        if match:
            try:
                return _day(match)
            except ValueError:
                continue
    return None


def find_delivery(head: Sequence[Line], rules: StructureRules) -> date | None:
    """The day a report was delivered (2024年1月15日在…会议上); None where no such line stands in the head."""
    match = find_first((rules.delivered,), head)
    try:
        return _day(match) if match else None
    except ValueError:
        return None


def _day(match: re.Match[str]) -> date:
    return date(number(match["y"]), number(match["m"]), number(match["d"]))


def find_region(
    text: str, title: str, issuer: str, head: Sequence[Line], rules: StructureRules
) -> Scope | None:
    """The region the document is about: its last administrative piece as the title names it.

    Without a region in the title the issuer's name is tried, then the assembly that the head
    names, then the province that the text names far more often than any other. None where all
    that fails; the code is linking's part.
    """
    for line in (rules.region_after.sub("", title), issuer.removeprefix("中共")):
        stop = rules.region_before.search(line)
        name = _region_name(line[: stop.start()] if stop else line, rules)
        name = name or _region_of_news(line, text, rules)
        if name:
            return Scope(name=name)
    assembly = find_first((rules.region_of_assembly,), head)
    name = _region_name(assembly["place"], rules) if assembly else ""
    return Scope(name=name) if name else _named_most(text, title, rules)


def _region_name(text: str, rules: StructureRules) -> str:
    """The last piece of the chain of regions that `text` begins with: 重庆市九龙坡区 → 九龙坡区."""
    name = ""
    han = _HAN.match(text)
    rest = han[0] if han else ""
    for suffixes in rules.region_suffixes:
        piece = _region_piece(suffixes).match(rest)
        if piece and (len(piece[0]) > 2 or not name):
            name, rest = piece[0], rest[piece.end() :]
    return name if len(name) > 1 and name[0] not in "全我本各在该" else ""


@lru_cache(maxsize=8)
def _region_piece(suffixes: tuple[str, ...]) -> re.Pattern[str]:
    """A region's name with one of the suffixes, where nothing but Chinese characters stands."""
    short = "|".join(suffixes)
    # 双江拉祜族佤族布朗族傣族自治县: the names of peoples make a name long.
    long = "|".join(s for s in suffixes if s.startswith("自治")) or short
    return re.compile(
        rf"(?:.{{1,6}}?(?:{short})|.{{2,5}}(?:[^族]{{1,5}}族){{1,5}}(?:{long})){_NO_SUFFIX}"
    )


def _region_of_news(title: str, text: str, rules: StructureRules) -> str:
    """The place a headline opens with behind its province (江西彭泽：…), as the text writes it in full.

    The text must name it with one suffix only, right behind its short name.
    """
    shorts = "|".join(_short(name, rules) for name in rules.provinces)
    match = re.match(rf"(?:{shorts})(?P<place>[一-鿿]{{2,6}})[:：]", title)
    if match is None:
        return ""
    endings = "|".join(s for level in rules.region_suffixes for s in level)
    named = set(re.findall(rf"{match['place']}(?:{endings}){_NO_SUFFIX}", text))
    return named.pop() if len(named) == 1 else ""


def _short(province: str, rules: StructureRules) -> str:
    endings = "|".join(rules.region_suffixes[0] + rules.region_suffixes[1])
    return re.sub(rf"(?:[壮回维]\S*)?(?:{endings})$", "", province)


def _named_most(text: str, title: str, rules: StructureRules) -> Scope | None:
    """The province that the text names most; one its title opens with needs no more mentions than others."""
    counts = {name: text.count(_short(name, rules)) for name in rules.provinces}
    best = max(counts, key=lambda name: counts[name])
    said = next((own for suffix, own in rules.own_region.items() if best.endswith(suffix)), "")
    enough = counts[best] >= rules.province_mentions or title.startswith(_short(best, rules))
    if not enough or 2 * counts[best] <= sum(counts.values()):
        return None
    return Scope(name=best) if said and said in text else None
