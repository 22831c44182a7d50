import assert from 'node:assert/strict';
import { test } from 'node:test';
import './environment.mjs';

const { cleanPastedHtml } = await import('../js/editor/paste.js');
const clean = html => cleanPastedHtml(html);

const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head>
<meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {mso-style-parent:""; font-family:仿宋;} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<p class=MsoNormal align=center style='text-align:center;line-height:150%'><b><span style='font-size:22.0pt;font-family:方正小标宋简体'>关于印发若干措施的通知<span lang=EN-US><o:p></o:p></span></span></b></p>
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span style='font-size:16.0pt;font-family:仿宋_GB2312;mso-hansi-font-family:宋体'>为进一步
优化营商环境，现通知如下。<span lang=EN-US><o:p></o:p></span></span></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoListParagraph style='margin-left:18.0pt;text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US style='mso-bidi-font-family:等线'><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>第一项</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span><![endif]>第二项</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>内层</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>3.<span>&nbsp; </span></span><![endif]>第三项</p>
<!--EndFragment--></body></html>`;

test('Word styles, fonts and namespaces go; alignment and bold stay', () => {
  const { html, dropped } = clean(word);
  assert.match(html, /<p class="p-align-center"><strong>关于印发若干措施的通知<\/strong><\/p>/);
  assert.match(html, /<p>为进一步优化营商环境，现通知如下。<\/p>/);
  assert.doesNotMatch(html, /mso|style|font|span|MsoNormal|o:p/i);
  assert.equal(dropped.empties, 1);
  assert.ok(dropped.styles > 5);
});

test('Word lists become nested lists', () => {
  const { html, dropped } = clean(word);
  assert.match(html, /<ol><li><p>第一项<\/p><\/li><li><p>第二项<\/p><ul><li><p>内层<\/p><\/li><\/ul><\/li><li><p>第三项<\/p><\/li><\/ol>/);
  assert.equal(dropped.lists, 2);
});

test('a list that continues a number keeps it', () => {
  const { html } = clean("<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>4）</span>续项</p>");
  assert.match(html, /<ol start="4"><li><p>续项<\/p><\/li><\/ol>/);
});

test('Chinese numbering is text of the document, not a list', () => {
  const { html, dropped } = clean("<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>（一）</span>总体要求</p><p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>（二）</span>重点任务</p>");
  assert.equal(html, '<p>（一）总体要求</p><p>（二）重点任务</p>');
  assert.equal(dropped.lists, 0);
});

test('tables keep spans; a bold first row becomes the header', () => {
  const { html, dropped } = clean(`<table class=MsoTableGrid border=1 style='border-collapse:collapse'>
    <tr style='height:20pt'><td width=100 colspan=2 style='width:80pt'><p class=MsoNormal><b>对象</b></p></td><td><p><span style='font-weight:700'>比例</span></p></td></tr>
    <tr><td rowspan=2><p>企业</p></td><td><p>小型</p></td><td><p>1</p></td></tr><tr><td><p>微型</p></td><td><p>2</p></td></tr></table>`);
  assert.match(html, /<th colspan="2" scope="col"><p>对象<\/p><\/th><th scope="col"><p>比例<\/p><\/th>/);
  assert.match(html, /<td rowspan="2"><p>企业<\/p><\/td>/);
  assert.doesNotMatch(html, /width|border|style/);
  assert.equal(dropped.tables, 1);
});

test('a table without a bold first row gets no header', () => {
  assert.doesNotMatch(clean('<table><tr><td>甲</td><td><b>乙</b></td></tr><tr><td>1</td><td>2</td></tr></table>').html, /<th/);
});

test('a table in a cell becomes paragraphs', () => {
  const { html, dropped } = clean('<table><tr><td>外<table><tr><td>内一</td><td>内二</td></tr></table></td></tr></table>');
  assert.equal(html.match(/<table/g).length, 1);
  assert.match(html, /内一　内二/);
  assert.equal(dropped.nested, 1);
});

test('scripts, handlers, frames and script links do not survive', () => {
  const { html, dropped } = clean('<p onclick="x()">正文<script>alert(1)</script><a href="javascript:alert(1)">甲</a><a href=" java\tscript:alert(1)">乙</a><a href="https://www.example.cn/a?b=1">丙</a></p><iframe src="//x"></iframe><img src=x onerror=alert(1)><svg><a href="javascript:1">x</a></svg>');
  assert.equal(html, '<p>正文甲乙<a href="https://www.example.cn/a?b=1">丙</a></p>');
  assert.equal(dropped.links, 2);
  assert.equal(dropped.images, 1);
  assert.ok(dropped.active >= 2);
});

test('blanks typed as indent go', () => {
  const { html, dropped } = clean('<p>　　第一段</p><p>&nbsp;&nbsp;&nbsp;&nbsp;第二段</p><p>第三段</p>');
  assert.equal(html, '<p>第一段</p><p>第二段</p><p>第三段</p>');
  assert.equal(dropped.indents, 2);
});

test('headings start below the title of the page', () => {
  assert.equal(clean('<h1>章</h1><h2>节</h2><h5>小</h5>').html, '<h2>章</h2><h3>节</h3><h4>小</h4>');
  assert.equal(clean('<h2>章</h2><h3>节</h3>').html, '<h2>章</h2><h3>节</h3>');
});

test('inline styles that mean something become marks', () => {
  assert.equal(clean('<p><span style="font-weight:bold">粗</span><span style="vertical-align:super">2</span><span style="text-decoration:underline line-through">划</span></p>').html,
    '<p><strong>粗</strong><sup>2</sup><s><u>划</u></s></p>');
});

test('a copy from the editor itself is left alone', () => {
  const own = '<p data-pm-slice="1 1 []" class="p-align-center">段落</p>';
  assert.equal(clean(own).html, own);
});

test('Google Docs wraps everything in a bold that is not bold', () => {
  assert.equal(clean('<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:400">正文</span></p></b>').html, '<p>正文</p>');
});

test('a large paste is cleaned in good time', () => {
  const began = performance.now();
  clean('<p class=MsoNormal style="text-indent:32pt"><span style="font-family:仿宋">段落<b>文字</b></span></p>'.repeat(2000));
  assert.ok(performance.now() - began < 10_000);
});
