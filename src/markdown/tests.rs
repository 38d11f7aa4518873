//! What the renderer must and must not write.

use super::{Link, Options, ProblemKind, Rendered, escape, join_lines, render};

fn rendered(source: &str) -> Rendered {
    render(source, &Options::new(2), &|_| None)
}

fn html(source: &str) -> String {
    rendered(source).html.as_str().trim_end().to_owned()
}

fn kinds(source: &str) -> Vec<ProblemKind> {
    rendered(source).problems.iter().map(|problem| problem.kind).collect()
}

/// The author's text of each problem.
fn places(source: &str) -> Vec<&str> {
    rendered(source).problems.iter().map(|problem| &source[problem.range.clone()]).collect()
}

const EMPHASIS: &[(&str, &str)] = &[
    ("**“中文”**后", "<p><strong>“中文”</strong>后</p>"),
    ("后**“中文”**", "<p>后<strong>“中文”</strong></p>"),
    ("前**“中文”**后", "<p>前<strong>“中文”</strong>后</p>"),
    ("前**《办法》**后", "<p>前<strong>《办法》</strong>后</p>"),
    ("前**（重要）**后", "<p>前<strong>（重要）</strong>后</p>"),
    ("办理**时限：**5个工作日", "<p>办理<strong>时限：</strong>5个工作日</p>"),
    ("**注意：**请带身份证", "<p><strong>注意：</strong>请带身份证</p>"),
    ("**注意**：请带", "<p><strong>注意</strong>：请带</p>"),
    ("*“斜”*体", "<p><em>“斜”</em>体</p>"),
    ("前**`code`**后", "<p>前<strong><code>code</code></strong>后</p>"),
    ("前**[链接](u)**后", "<p>前<strong><a href=\"u\">链接</a></strong>后</p>"),
    ("甲**乙。**丙", "<p>甲<strong>乙。</strong>丙</p>"),
    ("中文**English.**后", "<p>中文<strong>English.</strong>后</p>"),
    ("a**“b”**c", "<p>a<strong>“b”</strong>c</p>"),
    ("\\*\\*“x”\\*\\*后", "<p>**“x”**后</p>"),
    ("`**“x”**后`", "<p><code>**“x”**后</code></p>"),
    ("**甲**乙**“丙”**丁", "<p><strong>甲</strong>乙<strong>“丙”</strong>丁</p>"),
    ("**“甲”****“乙”**", "<p><strong>“甲”****“乙”</strong></p>"),
    ("~~“删除”~~后", "<p><del>“删除”</del>后</p>"),
    ("__“下划”__后", "<p>__“下划”__后</p>"),
    ("***“粗斜”***后", "<p><em><strong>“粗斜”</strong></em>后</p>"),
    ("办理**5个（含）**工作日", "<p>办理<strong>5个（含）</strong>工作日</p>"),
    ("a **b** c", "<p>a <strong>b</strong> c</p>"),
    ("2*3*4", "<p>2<em>3</em>4</p>"),
    ("* 项“目”", "<ul>\n<li>项“目”</li>\n</ul>"),
    ("- **甲：**乙", "<ul>\n<li><strong>甲：</strong>乙</li>\n</ul>"),
    ("|**“甲”**|乙|", "<p>|<strong>“甲”</strong>|乙|</p>"),
    ("第**“一”**、二", "<p>第<strong>“一”</strong>、二</p>"),
    ("**A：**b", "<p><strong>A：</strong>b</p>"),
    ("x**（y）**z", "<p>x<strong>（y）</strong>z</p>"),
    ("5 * “6” * 7", "<p>5 * “6” * 7</p>"),
    ("甲*“乙” *丙", "<p>甲*“乙” *丙</p>"),
    ("**甲“乙”**\n后", "<p><strong>甲“乙”</strong>后</p>"),
];

#[test]
fn emphasis_beside_chinese_punctuation() {
    assert_eq!(EMPHASIS.len(), 33);
    for (source, expected) in EMPHASIS {
        assert_eq!(html(source), *expected, "{source}");
    }
}

#[test]
fn line_ends_between_chinese_characters_vanish() {
    let cases = [
        ("中文第一行\n中文第二行", "<p>中文第一行中文第二行</p>"),
        ("中文，\n第二行", "<p>中文，第二行</p>"),
        ("中文 abc\ndef 中文", "<p>中文 abc\ndef 中文</p>"),
        ("中文\nabc", "<p>中文\nabc</p>"),
        ("**粗体**\n后文", "<p><strong>粗体</strong>后文</p>"),
        ("前文\n**粗体**", "<p>前文<strong>粗体</strong></p>"),
        ("前文\n`code`后", "<p>前文\n<code>code</code>后</p>"),
        ("行尾两空格  \n硬换行", "<p>行尾两空格<br>\n硬换行</p>"),
        ("English\nwords", "<p>English\nwords</p>"),
        ("“引号”\n后", "<p>“引号”后</p>"),
        ("全角！\n全角？", "<p>全角！全角？</p>"),
        ("[链接](u)\n后文", "<p><a href=\"u\">链接</a>后文</p>"),
        ("前**“甲”**\n**“乙”**后", "<p>前<strong>“甲”</strong><strong>“乙”</strong>后</p>"),
    ];
    assert_eq!(cases.len(), 13);
    for (source, expected) in cases {
        assert_eq!(html(source), expected, "{source:?}");
    }
    assert_eq!(rendered("一行\n二行\n\nab\ncd").text, "一行二行\nab cd");
}

#[test]
fn yaml_lines_are_joined() {
    for (source, expected) in [
        ("第一行\n第二行", "第一行第二行"),
        ("第一行，\r\n  第二行\n", "第一行，第二行"),
        ("中文\nabc\ndef", "中文 abc def"),
        ("一段\n\n\n二段", "一段\n二段"),
        ("\n 一 个 \n", "一 个"),
        ("", ""),
    ] {
        assert_eq!(join_lines(source), expected, "{source:?}");
    }
}

#[test]
fn escaping_covers_text_and_attributes() {
    assert_eq!(escape("<a href=\"x\">'&\0"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;\u{FFFD}");
    assert_eq!(html("5 < 6 \"x\" & &lt;b&gt;"), "<p>5 &lt; 6 &quot;x&quot; &amp; &lt;b&gt;</p>");
}

/// No address with a scheme that is not allowed is ever written.
#[test]
fn script_addresses_are_dropped() {
    for source in [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](java&#10;script:alert(1))",
        "[x](java&Tab;script:alert(1))",
        "[x](&#1;javascript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](&#x6A;avascript&colon;alert(1))",
        "[x](javascript&#58;alert(1))",
        "[x](\\javascript:alert(1))",
        "[x](java⹒script:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox)",
        "[x](file:///etc/passwd)",
        "[x](blob:https://a/b)",
        "[x](//evil.example/)",
        "[x](/\\evil.example/)",
        "[x](\\\\\\\\evil.example)",
        "[x](\u{a0}javascript:alert(1))",
        "[x](javascript\u{2E52}:alert(1))",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
        "![x](mailto:a@b)",
        "[x][r]\n\n[r]: javascript:alert(1)",
        "![x][r]\n\n[r]: <javascript:alert(1)> \"t\"",
        "a[^1]\n\n[^1]: [x](javascript:alert(1))",
        "|a|\n|-|\n|[x](javascript:alert(1))|",
        "# [x](javascript:alert(1))",
        "[![x](a.png)](javascript:alert(1))",
    ] {
        let out = rendered(source);
        let forbidden = out.problems.iter().filter(|p| p.kind == ProblemKind::ForbiddenScheme);
        assert_eq!(forbidden.count(), 1, "{source:?} gave {}", out.html);
        assert_safe(source, out.html.as_str());
        assert!(!out.html.as_str().contains("href=\"javascript"), "{}", out.html);
        assert!(out.links.iter().all(|link| link.target == "a.png"), "{source:?}");
    }
    // Written over two lines it is no link at all.
    assert_eq!(html("[x](java\nscript:alert(1))"), "<p>[x](java\nscript:alert(1))</p>");
    assert_eq!(html("[坏](javascript:x)后"), "<p>坏后</p>");
    assert_eq!(html("![坏](data:x)后"), "<p>坏后</p>");
}

#[test]
fn raw_html_is_dropped_and_reported() {
    for (source, expected, count) in [
        ("<script>alert(1)</script>", "", 1),
        ("a <b onclick=x>b</b>", "<p>a b</p>", 2),
        ("<div>\n\n*x*\n\n</div>", "<p><em>x</em></p>", 2),
        ("<!-- note -->", "", 1),
        ("<style>*{}</style>\n\n甲", "<p>甲</p>", 1),
        ("<img src=x onerror=alert(1)>", "", 1),
        ("&lt;script&gt;", "<p>&lt;script&gt;</p>", 0),
        ("\\<b>", "<p>&lt;b&gt;</p>", 0),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>", 0),
        ("![<b>x</b>](a.png)", "<p><img src=\"a.png\" alt=\"x\" loading=\"lazy\"></p>", 2),
        ("甲\n<br>乙", "<p>甲乙</p>", 1),
    ] {
        assert_eq!(html(source), expected, "{source}");
        assert_eq!(kinds(source), vec![ProblemKind::RawHtml; count], "{source}");
    }
    let table = html("|<b>a</b>|\n|-|\n|<script>x</script>|");
    assert!(table.contains("<th scope=\"col\">a</th>"), "{table}");
    assert!(table.contains("<td>x</td>"), "{table}");
    assert_eq!(places("甲**：**乙<b>"), ["<b>"]);
}

#[test]
fn attributes_cannot_be_broken_out_of() {
    for (source, expected) in [
        ("[x](a\"onclick=b 'a\"\\'<>&')", "<p><a href=\"a%22onclick=b\" title=\"a&quot;&#39;&lt;&gt;&amp;\">x</a></p>"),
        ("![\"><b>](a.png)", "<p><img src=\"a.png\" alt=\"&quot;&gt;\" loading=\"lazy\"></p>"),
        ("# a {#x\"onclick=alert .c onclick=b}", "<h2 id=\"x&quot;onclick=alert\">a</h2>"),
        ("```a\"b\nx\n```", "<pre tabindex=\"0\"><code>x\n</code></pre>"),
        ("```rust,x y\n<\n```", "<pre tabindex=\"0\"><code>&lt;\n</code></pre>"),
        ("```sh y\nx\n```", "<pre tabindex=\"0\"><code class=\"language-sh\">x\n</code></pre>"),
    ] {
        assert_eq!(html(source), expected, "{source}");
    }
}

#[test]
fn links_are_resolved_and_noted() {
    let resolve = |target: &str| match target {
        "甲.md" => Some("/items/jia/".to_owned()),
        "bad" => Some("javascript:x".to_owned()),
        "out" => Some("https://b.example/".to_owned()),
        _ => None,
    };
    let source = "**“甲”**见[甲](甲.md)、[乙](bad)、[丙](out)、[丁](#s-1)、[戊](https://a.example/?a=1&b=2)";
    let out = render(source, &Options::new(2), &resolve);
    assert_eq!(
        out.html.as_str(),
        "<p><strong>“甲”</strong>见<a href=\"/items/jia/\">甲</a>、乙、\
         <a href=\"https://b.example/\" class=\"external\" rel=\"noopener\">丙</a>、\
         <a href=\"#s-1\">丁</a>、\
         <a href=\"https://a.example/?a=1&amp;b=2\" class=\"external\" rel=\"noopener\">戊</a></p>\n"
    );
    let noted: Vec<_> =
        out.links.iter().map(|Link { target, range, .. }| (&**target, &source[range.clone()])).collect();
    assert_eq!(
        noted,
        [
            ("甲.md", "[甲](甲.md)"),
            ("out", "[丙](out)"),
            ("#s-1", "[丁](#s-1)"),
            ("https://a.example/?a=1&b=2", "[戊](https://a.example/?a=1&b=2)"),
        ]
    );
    assert_eq!(&source[out.problems[0].range.clone()], "[乙](bad)");
    assert_eq!(
        html("<a@b.cn> [电话](tel:12345)"),
        "<p><a href=\"mailto:a@b.cn\">a@b.cn</a> <a href=\"tel:12345\">电话</a></p>"
    );
}

#[test]
fn sentinels_leave_no_trace() {
    let source = "甲⹒乙**：⹒x**后[a](b⹒c*“甲 \"t⹒*“x\")\n\n# *“甲 {#a*“b}";
    let out = rendered(source);
    assert!(!out.html.as_str().contains('⹒') && !out.text.contains('⹒'), "{}", out.html);
    assert_eq!(places(source), ["⹒", "⹒", "⹒", "⹒"]);
    assert!(!html("&#x2E52;`⹒`").contains('⹒'));
    assert_eq!(html("[x](中*“a)"), "<p><a href=\"%E4%B8%AD*%E2%80%9Ca\">x</a></p>");
}

#[test]
fn headings_have_stable_unique_ids() {
    let source = "# 甲\n\n## 乙 {#s-1}\n\n### **“丙”**`x`\n\n#### 丁 {#s-1}\n\n##### 戊\n\n###### 己";
    let out = rendered(source);
    let got: Vec<_> = out.headings.iter().map(|h| (h.level, &*h.id, &*h.text)).collect();
    assert_eq!(
        got,
        [
            (2, "s-1-2", "甲"),
            (3, "s-1", "乙"),
            (4, "s-3", "“丙”x"),
            (5, "s-1-4", "丁"),
            (6, "s-5", "戊"),
            (6, "s-6", "己"),
        ]
    );
    assert_eq!(kinds(source), [ProblemKind::DuplicateId]);
    let part = Options { heading_base: 1, id_prefix: "liucheng-".to_owned() };
    let out = render("# 甲[^1]\n\n[^1]: 注", &part, &|_| None);
    assert_eq!(out.problems[0].kind, ProblemKind::HeadingLevelOne);
    assert!(out.html.as_str().starts_with("<h1 id=\"liucheng-s-1\">甲<sup"), "{}", out.html);
    assert!(out.html.as_str().contains("<li id=\"liucheng-fn-1\">"), "{}", out.html);
    assert_eq!(out.headings[0].text, "甲");
}

#[test]
fn tables_scroll_and_have_no_style() {
    assert_eq!(
        html("| 材料 | 份数 | 形式 | 注 |\n|:--|--:|:-:|--|\n| 身份证 | 2 | 原件 | ~~无~~ |\n"),
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"表格\">\n<table>\n\
         <thead><tr><th scope=\"col\" class=\"ta-left\">材料</th><th scope=\"col\" class=\"ta-right\">份数</th>\
         <th scope=\"col\" class=\"ta-center\">形式</th><th scope=\"col\">注</th></tr></thead>\n<tbody>\n\
         <tr><td class=\"ta-left\">身份证</td><td class=\"ta-right\">2</td><td class=\"ta-center\">原件</td>\
         <td><del>无</del></td></tr>\n</tbody>\n</table>\n</div>"
    );
    assert!(!html("|a|\n|-|").contains("tbody"));
    assert!(html("|a|\n|-|\n\n甲\n\n|b|\n|-|").contains("aria-label=\"表格2\""));
}

#[test]
fn footnotes_are_numbered_by_mention() {
    assert_eq!(
        html("甲[^b]乙[^a]丙[^b]\n\n[^a]: 注甲\n[^b]: 注乙\n[^c]: 没人提"),
        "<p>甲<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" aria-label=\"注释 1\">1</a></sup>\
         乙<sup class=\"footnote-ref\"><a href=\"#fn-2\" id=\"fnref-2\" aria-label=\"注释 2\">2</a></sup>\
         丙<sup class=\"footnote-ref\"><a href=\"#fn-1\" aria-label=\"注释 1\">1</a></sup></p>\n\
         <section class=\"footnotes\" aria-label=\"注释\">\n<ol>\n\
         <li id=\"fn-1\"><p>注乙 <a class=\"footnote-back\" href=\"#fnref-1\" aria-label=\"返回正文\">↩</a></p></li>\n\
         <li id=\"fn-2\"><p>注甲 <a class=\"footnote-back\" href=\"#fnref-2\" aria-label=\"返回正文\">↩</a></p></li>\n\
         <li id=\"fn-3\"><p>没人提</p></li>\n</ol>\n</section>"
    );
    assert_eq!(kinds("甲[^x]"), [ProblemKind::MissingFootnote]);
    assert_eq!(kinds("甲\\[^x]"), []);
}

#[test]
fn slips_of_the_pen_are_reported() {
    use ProblemKind::{HeadingWithoutSpace, ImageWithoutText, NotAList};
    for (source, expected) in [
        ("#标题", vec![HeadingWithoutSpace]),
        ("\\#标题 #1", vec![]),
        ("# 标题", vec![]),
        ("1、甲\n2、乙\n3、丙", vec![NotAList]),
        ("材料：\n（一）甲\n（二）乙", vec![NotAList]),
        ("1、甲\n\n2、乙", vec![]),
        ("1、甲  \n2、乙", vec![]),
        ("申请\n一、二级医院", vec![]),
        ("![](a.png)", vec![ImageWithoutText]),
    ] {
        assert_eq!(kinds(source), expected, "{source}");
    }
    // A range of hours is not a deletion.
    assert_eq!(html("9:00~12:00，14:00~17:00"), "<p>9:00~12:00，14:00~17:00</p>");
    assert_eq!(html("~~甲~~"), "<p><del>甲</del></p>");
}

/// Every tag and attribute is one the renderer knows, every address allowed.
fn assert_safe(source: &str, html: &str) {
    const TAGS: &str = " p h1 h2 h3 h4 h5 h6 blockquote ul ol li pre code hr br em strong del a img \
                        div table thead tbody tr th td sup section span ";
    const ATTRIBUTES: &str = " id class href src alt title rel loading start tabindex role aria-label scope ";
    for tag in html.split('<').skip(1) {
        let (inside, _) = tag.split_once('>').unwrap_or_else(|| panic!("{source:?} gave {html}"));
        let inside = inside.trim_start_matches('/');
        let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
        assert!(TAGS.contains(&format!(" {name} ")), "{source:?} gave {html}");
        while !rest.is_empty() {
            let (attribute, value) = rest.split_once("=\"").expect(source);
            assert!(ATTRIBUTES.contains(&format!(" {} ", attribute.trim())), "{source:?} gave {html}");
            let (value, after) = value.split_once('"').expect(source);
            if matches!(attribute.trim(), "href" | "src") {
                let start = value.split(['/', '#', '?']).next().unwrap_or_default();
                let allowed = ["http:", "https:", "mailto:", "tel:"];
                assert!(
                    !start.contains(':') || allowed.iter().any(|a| start.to_lowercase().starts_with(a)),
                    "{source:?} gave {html}"
                );
                assert!(!value.starts_with("//"), "{source:?} gave {html}");
            }
            rest = after;
        }
    }
    assert!(!html.contains('⹒') && !html.contains('\0'), "{source:?}");
}

/// Pieces that Markdown or HTML reads in a special way.
const PIECES: &[&str] = &[
    "*",
    "**",
    "~",
    "~~",
    "_",
    "`",
    "```",
    "[",
    "](",
    ")",
    "![",
    "]",
    "[^1]",
    "[^1]: ",
    "<",
    ">",
    "<b ",
    "onclick=x>",
    "</b>",
    "<!--",
    "-->",
    "<script>",
    "javascript:",
    "&#106;",
    "&colon;",
    "\\",
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "\t",
    "# ",
    "#甲",
    "{#a}",
    "{#s-1 .b x=y}",
    "|",
    "|-|:-:|",
    "- ",
    "- [x] ",
    "1. ",
    "1、",
    "9) ",
    "> ",
    "甲",
    "乙。",
    "“丙”",
    "：",
    "⹒",
    "\0",
    "😀",
    "\u{2028}",
    "é",
    "https://a.cn/",
    "<https://a>",
    "<a@b.c>",
    "\"",
    "'",
    "&",
    "---",
    "===",
    "[r]: x 'y'",
    "[r]",
    "+++",
];

/// Random heaps of awkward pieces neither panic nor let anything through.
#[test]
fn nothing_panics_and_nothing_slips_through() {
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).unwrap()
    };
    for _ in 0..ROUNDS {
        let source: String = (0..next(40)).map(|_| PIECES[next(PIECES.len())]).collect();
        let out = rendered(&source);
        assert_safe(&source, out.html.as_str());
        for range in out.problems.iter().map(|p| &p.range).chain(out.links.iter().map(|l| &l.range)) {
            assert!(source.get(range.clone()).is_some(), "{source:?} {range:?}");
        }
    }
}

const ROUNDS: usize = 20_000;

/// Long and deep texts end, and end without using up the stack.
#[test]
fn deep_and_long_texts_end() {
    for piece in ["> ", "- ", "[", "![", "*", "**甲", "`", "<", "(", "[^1]", "|", "~~“", "#", "[a](", "&"] {
        let source = piece.repeat(20_000);
        assert_safe(piece, rendered(&source).html.as_str());
        let lines = format!("{piece}\n").repeat(5_000);
        assert_safe(piece, rendered(&lines).html.as_str());
    }
}
