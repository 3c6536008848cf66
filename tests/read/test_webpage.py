"""Pages as government sites serve them: what is the document, what is the site, what is a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from plantrack import flow
from plantrack.errors import ReadError
from plantrack.model import BlockKind, Document, SectionKind
from plantrack.read import read, read_pages
from plantrack.read.limits import limits

PAGE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<title>青溪县2024年政府工作报告_青溪县人民政府</title><script>document.write("增长91%")</script>
<style>.a:before{content:"增长92%"}</style></head><body>
<div class="header"><ul id="menu_box"><li><a href="/">首页</a></li><li><a href="/b">增长93%专题</a></li></ul></div>
<div class="wz">您现在的位置： <a href="/">首页</a> &gt; <a>政府信息公开</a></div>
<table class="xxgk"><tr><td>索 引 号：</td><td>QX000/2024-00012</td><td>发布机构：</td><td>青溪县人民政府办公室</td></tr>
<tr><td>发文日期：</td><td>2024-01-20</td><td>文　　号：</td><td>青政发〔2024〕1号</td></tr></table>
<div class="article"><h1>青溪县2024年政府工作报告</h1>
<p><span>来源：县政府办</span><span>浏览次数：1234次</span><span>【字体：<a>大</a> <a>中</a> <a>小</a>】</span></p>
<div class="share">分享到：<a>微信</a><a>微博</a></div><div class="TRS_Editor">
<p style="text-align:center">——2024年1月15日在青溪县第十七届人民代表大会第三次会议上</p>
<p><strong>　　一、2023年工作回顾</strong></p>
<p>　　全县地区生产总值完成182.4亿元，增长<span>6</span><span>.1%</span>。<ins></ins></p>
<p>　　<font>规模以上工业增加值</font>增长
7.2%，固定资产投资
增长4.3%。</p>
<div>社会消费品零售总额56.7亿元，增长6.6%。<br><br>　　农村居民人均可支配收入17655元，增长7.1%。</div>
<table border=1><caption>2023年主要产品产量</caption>
<thead><tr><th rowspan="2">指标</th><th rowspan=2>单位</th><th colspan="2">产量</th></tr>
<tr><th>2022年</th><th>2023年</th></tr></thead>
<tbody><tr><td><p>粮食产量</p></td><td rowspan=2>万吨</td><td>21.1</td><td>21.3</td></tr>
<tr><td>蔬菜产量</td><td>32.6</td><td>33.4</td></tr></tbody></table>
<p>　　二、2024年主要目标</p><p>　　地区生产总值增长6%左右&nbsp;，城镇新增就业2000人以上。&#8203;</p>
<p style="display: none">隐藏增长94%</p><!-- 增长95% --><noscript>增长96%</noscript></div>
<div class="page-nav"><a>上一页</a> <a>1</a> <a>2</a> <a>下一页</a></div>
<p>上一篇：<a href=1>青溪县2023年政府工作报告：增长97%</a></p><p>下一篇：<a>没有了</a></p>
<div class="xgwd"><h3>相关文档</h3><ul><li><a>青溪县一季度经济增长98%</a></li></ul></div></div>
<div class="foot"><p>主办：青溪县人民政府办公室</p><p>网站标识码：3312340001 浙公网安备33123402000123号</p></div>
</body></html>"""


def saved(folder: Path, html: str, encoding: str = "utf-8", name: str = "page.html") -> Path:
    path = folder / name
    path.write_bytes(html.encode(encoding))
    return path


def kept(document: Document) -> list[str]:
    return [b.span.of(document.text) for b in document.layout if not b.left_out]


def left_out(document: Document) -> str:
    return "\n".join(b.span.of(document.text) for b in document.layout if b.left_out)


@pytest.fixture(params=["gb18030", "utf-8", "utf-16"])
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Document:
    return flow.read(saved(tmp_path, PAGE, request.param))


def test_a_saved_page_is_read_as_its_document(page: Document) -> None:
    assert page.title == "青溪县2024年政府工作报告"
    assert page.number == "青政发〔2024〕1号"
    assert (str(page.reviewed), str(page.planned)) == ("2023", "2024")
    assert page.region is not None
    assert page.region.name == "青溪县"
    assert kept(page)[1:8] == [
        "青溪县2024年政府工作报告",
        "——2024年1月15日在青溪县第十七届人民代表大会第三次会议上",
        "一、2023年工作回顾",
        "全县地区生产总值完成182.4亿元，增长6.1%。",
        "规模以上工业增加值增长7.2%，固定资产投资增长4.3%。",
        "社会消费品零售总额56.7亿元，增长6.6%。",
        "农村居民人均可支配收入17655元，增长7.1%。",
    ]


def test_what_belongs_to_the_site_is_kept_and_not_read(page: Document) -> None:
    out = left_out(page)
    for said in (
        "首页", "增长93%专题", "您现在的位置：", "分享到：", "【字体：", "隐藏增长94%", "上一页", "上一篇：",
        "增长97%", "下一篇：", "相关文档", "增长98%", "主办：", "网站标识码：3312340001",
    ):  # fmt: skip
        assert said in out
    figures = flow.figures(page)
    assert [f.text for f in figures] == [
        "182.4", "6.1", "7.2", "4.3", "56.7", "6.6", "17655", "7.1", "21.1", "21.3", "32.6", "33.4",
        "6", "2000",
    ]  # fmt: skip


def test_scripts_styles_and_comments_are_no_text(page: Document) -> None:
    assert [n for n in ("91", "92", "95", "96") if n in page.text] == []


def test_a_table_has_real_cells_and_its_caption(page: Document) -> None:
    table = page.tables[-1]
    assert table.title == "2023年主要产品产量"
    cells = {(c.row, c.column): c.text for c in table.cells}
    assert [cells[0, c] for c in range(4)] == ["指标", "单位", "产量", ""]
    assert [cells[1, c] for c in range(4)] == ["指标", "单位", "2022年", "2023年"]
    assert [cells[3, c] for c in range(4)] == ["蔬菜产量", "万吨", "32.6", "33.4"]
    repeated = [c.span for c in table.cells if c.text == "万吨"]
    assert len(repeated) == 2
    assert len(set(repeated)) == 1
    assert all(c.span.of(page.text) == c.text for c in table.cells)


def test_each_block_says_which_element_it_was(page: Document) -> None:
    block = next(b for b in page.layout if "182.4" in b.span.of(page.text))
    assert block.place.element == "body/div[3]/div[2]/p[3]"
    figure = next(f for f in flow.figures(page) if f.text == "33.4")
    assert figure.place is not None
    assert (figure.place.zh, figure.place.en) == ("表2，第4行第4列", "table 2, row 4, column 4")


@pytest.mark.parametrize("tag", ["h1", "h2", "h6"])
def test_headings_are_told(tmp_path: Path, tag: str) -> None:
    document = read(saved(tmp_path, f"<html><{tag}>一、总体要求</{tag}><p>增长6%。</p></html>"))
    assert [b.kind for b in document.layout] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_a_table_that_lays_out_the_page_is_read_as_paragraphs(tmp_path: Path) -> None:
    html = """<html><body><table><tr><td><ul class=nav><li><a>首页</a></li></ul></td><td>
      <table><tr><td><p>地区生产总值增长6.1%。</p><p>财政收入增长5%。</p></td></tr></table></td></tr></table></body></html>"""
    document = read(saved(tmp_path, html))
    assert document.tables == ()
    assert kept(document) == ["地区生产总值增长6.1%。", "财政收入增长5%。"]


def test_a_document_inside_a_furniture_word_is_not_lost(tmp_path: Path) -> None:
    text = "地区生产总值增长6.1%。" * 20
    document = read(saved(tmp_path, f"<html><body><div class='bottom'><p>{text}</p></div></body></html>"))  # fmt: skip
    assert kept(document) == [text]


def test_pages_of_one_document_are_put_together(tmp_path: Path) -> None:
    head = "<html><body><h1>青溪县2024年政府工作报告</h1><p>来源：县政府办</p>"
    paths = [
        saved(tmp_path, head + body + "<p>上一页 下一页</p></body></html>", name=f"{n}.html")
        for n, body in enumerate(
            ("<p>一、2023年工作回顾</p><p>地区生产总值增长6.1%。</p>", "<p>二、2024年目标</p><p>财政收入增长5%。</p>"), 1
        )
    ]  # fmt: skip
    document = read_pages(paths)
    assert kept(document) == [
        "青溪县2024年政府工作报告", "来源：县政府办", "一、2023年工作回顾", "地区生产总值增长6.1%。",
        "二、2024年目标", "财政收入增长5%。",
    ]  # fmt: skip
    assert document.name == str(paths[0])
    figures = flow.figures(document)
    assert [(f.text, f.place.zh if f.place else "") for f in figures] == [
        ("6.1", "第1页"),
        ("5", "第2页"),
    ]


def test_a_web_archive_is_read_as_its_page(tmp_path: Path) -> None:
    body = "<html><body><p>地区生产总值增长6.1%。</p></body></html>"
    path = tmp_path / "page.mhtml"
    path.write_bytes(
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="x"\r\n\r\n'
        b"--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + body.encode()
        + b"\r\n--x\r\nContent-Type: image/png\r\n\r\nx\r\n--x--\r\n"
    )
    assert kept(read(path)) == ["地区生产总值增长6.1%。"]


def test_a_few_broken_letters_are_borne_where_the_page_names_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    text = "地区生产总值增长6.1%。" * 300
    good = f"<html><meta charset=gb2312><body><p>{text}</p></body></html>".encode("gb18030")
    path.write_bytes(good.replace("。".encode("gb18030"), b"\xff", 1))
    document = read(path)
    assert [c.about for c in document.conflicts] == ["encoding"]
    assert document.text.count("\ufffd") == 1
    path.write_bytes(good.replace("。".encode("gb18030"), b"\xff"))
    with pytest.raises(ReadError, match="its encoding is not known"):
        read(path)


def test_broken_letters_of_utf_8_are_borne_too(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    text = "地区生产总值增长6.1%。" * 300
    page = f"<html><meta charset=utf-8><body><p>{text}</p></body></html>".encode()
    path.write_bytes(page.replace("。".encode(), b"\xff", 1))
    document = read(path)
    assert [c.about for c in document.conflicts] == ["encoding"]
    assert kept(document) == [text.replace("。", "\ufffd", 1)]


def test_a_page_without_text_is_an_empty_document(tmp_path: Path) -> None:
    document = read(saved(tmp_path, "<html><body><img src=a.png></body></html>"))
    assert (document.text, document.layout) == ("", ())


def test_nesting_is_bounded(tmp_path: Path) -> None:
    bounds = limits().model_copy(update={"depth": 20})
    inner = "<div>" * {0: 18}[0]
    assert read(saved(tmp_path, f"<html><body>{inner}增长6%"), bounds=bounds).text == "增长6%"
    with pytest.raises(ReadError, match="elements in one another, more than the 20"):
        read(saved(tmp_path, f"<html><body>{inner}<div><div>增长6%"), bounds=bounds)


def test_many_lines_and_links_in_one_paragraph_take_no_longer_than_in_many(tmp_path: Path) -> None:
    """The links of an element are counted once; for each of its lines it took minutes."""
    document = one(tmp_path, f"<p>{'<a>通知公告</a><br>' * 20_000}</p>")
    assert left_out(document) == "\n".join(["通知公告"] * 20_000)


def one(folder: Path, body: str) -> Document:
    return read(saved(folder, f"<html><body>{body}</body></html>"))


def test_what_word_leaves_in_a_page_is_no_text(tmp_path: Path) -> None:
    """Its instructions are nodes without a name."""
    html = '<p>增长<?xml:namespace prefix = o ns = "urn:schemas-microsoft-com:office:office" />6.1%。</p>'
    document = one(
        tmp_path, f"{html}<?xml:namespace prefix = o /><div>增长5%。<?x?><o:p></o:p></div>"
    )
    assert kept(document) == ["增长6.1%。", "增长5%。"]


@pytest.mark.parametrize("mark", ["①", "[1]", "〔12〕", "（注1）", "注", "1", "2,3"])
def test_note_marks_are_kept_and_not_read(tmp_path: Path, mark: str) -> None:
    html = f"<p>全年地区生产总值<a href='#n'><sup> {mark} </sup></a>213.6亿元，增长6.3%<sup>{mark}</sup>。</p>"
    document = one(tmp_path, html)
    assert kept(document) == ["全年地区生产总值213.6亿元，增长6.3%。"]
    assert [b.place.element for b in document.layout] == ["body/p[1]", "body/p[1]/sup", "body/p[1]/sup"]  # fmt: skip
    assert left_out(document) == f"{mark}\n{mark}"
    assert SectionKind.NOTE not in {s.kind for s in document.sections}
    assert [f.indicator for f in flow.figures(document)] == ["地区生产总值"] * 2


@pytest.mark.parametrize(
    "said",
    [
        "面积2186km<sup>2</sup>", "浓度19微克/米<sup>3</sup>", "产量10<sup>8</sup>吨", "增长6.3%<sup>*</sup>",
        "<sup>①</sup>地区生产总值为初步数。", "6<sup>th</sup>",
    ],
)  # fmt: skip
def test_powers_and_the_mark_of_the_note_itself_stay(tmp_path: Path, said: str) -> None:
    document = one(tmp_path, f"<p>{said}</p>")
    assert kept(document) == [said.replace("<sup>", "").replace("</sup>", "")]
    assert left_out(document) == ""


def test_a_table_keeps_the_signs_its_notes_explain(tmp_path: Path) -> None:
    html = """<table><tr><td>指标</td><td>2024年</td></tr><tr><td>城镇化率<sup>①</sup></td><td>54.1</td></tr>
      <tr><td>粮食产量<sup>[2]</sup></td><td>21.3</td></tr></table>"""
    document = one(tmp_path, html)
    assert [c.text for c in document.tables[0].cells if c.column == 0] == ["指标", "城镇化率①", "粮食产量"]  # fmt: skip
    assert left_out(document) == "[2]"


def test_marks_of_lines_in_the_page_itself_are_no_marks(tmp_path: Path) -> None:
    assert kept(one(tmp_path, "<p>增长\u20291\u20296.1%\u2029</p>")) == ["增长1 6.1%"]


def test_a_cell_says_each_of_its_paragraphs_once(tmp_path: Path) -> None:
    html = """<table><tr><td>指标</td><td>2024年</td></tr>
      <tr><td><div><p>地区生产</p><p>总值</p></div></td><td>860</td></tr>
      <tr><td>其中：<p>第一</p><p>产业</p></td><td>95</td></tr></table>"""
    document = read(saved(tmp_path, html))
    assert [c.text for c in document.tables[0].cells if c.column == 0] == ["指标", "地区生产总值", "其中：第一产业"]  # fmt: skip
