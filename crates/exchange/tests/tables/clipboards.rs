//! Clipboards written by hand in the way of Word, Excel, Google Docs and Google Sheets, each with the mess that it brings.

use super::html;

const EXPECTED: &str = "T [ANALYTIC]\n- Tes: Vad texten vill\n  E: Enkel\n  C: Utvecklad och tydlig\n- Språk\n  E: Förståeligt\n  C: Varierat\n";

const WORD: &str = r#"Version:1.0
StartHTML:0000000105
<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><title>T</title>
<!--[if gte mso 9]><xml><w:WordDocument><table><tr><td>dold</td></tr></table></w:WordDocument></xml><![endif]-->
<style><!-- table.MsoNormalTable {mso-style-name:"Normal tabell";} td {content:"<table>"} --></style></head>
<body lang=SV><!--StartFragment-->
<table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0'>
  <td width=151 valign=top><p class=MsoNormal><o:p>&nbsp;</o:p></p></td>
  <td width=151><p class=MsoNormal><b>E<o:p></o:p></b></p></td>
  <td width=151><p class=MsoNormal><b>C<o:p></o:p></b></p></td>
 </tr>
 <tr>
  <td><p class=MsoNormal>Tes<o:p></o:p></p><p class=MsoNormal>Vad texten
  vill<o:p></o:p></p></td>
  <td><p class=MsoNormal><span style='mso-spacerun:yes'>&nbsp;</span>Enkel</p></td>
  <td><p class=MsoNormal>Utveck&shy;lad och&nbsp;tydlig<o:p></o:p></p></td>
 </tr>
 <tr style='mso-yfti-lastrow:yes'>
  <td><p class=MsoNormal>Språk</p></td><td><p class=MsoNormal>Förståeligt</p></td><td><p class=MsoNormal>Varierat</p></td>
 </tr>
 <![if !supportMisalignedColumns]><tr height=0><td width=151 style='border:none'></td><td></td><td></td></tr><![endif]>
</table><!--EndFragment--></body></html>"#;

const EXCEL: &str = r#"<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--table {mso-displayed-decimal-separator:"\,";}--></style></head>
<body link=blue><table border=0 cellpadding=0 width=192 style='border-collapse:collapse;width:144pt'><!--StartFragment-->
 <col width=64 span=3 style='width:48pt'>
 <tr height=20><td height=20 width=64></td><td class=xl65>E</td><td class=xl65>C</td></tr>
 <tr height=40><td class=xl66>Tes<br style='mso-data-placement:same-cell'>
  Vad texten vill</td><td>Enkel</td><td>Utvecklad<span style='mso-spacerun:yes'>&nbsp; </span>och tydlig</td></tr>
 <tr height=20><td>Språk</td><td>Förståeligt</td><td>Varierat</td></tr>
<!--EndFragment--></table></body></html>"#;

const DOCS: &str = r#"<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><div dir="ltr" align="left"><table style="border:none"><colgroup><col /><col /><col /></colgroup><tbody><tr style="height:0pt"><td><br /></td><td><p dir="ltr"><span>E</span></p></td><td><p dir="ltr"><span>C</span></p></td></tr><tr><td><p dir="ltr"><span>Tes</span></p><p dir="ltr"><span>Vad texten vill</span></p></td><td><p><span>Enkel</span></p></td><td><p><span>Utvecklad </span><span style="font-weight:700">och</span><span> tydlig</span></p></td></tr><tr><td><p>Språk</p></td><td><p>Förståeligt</p></td><td><p>Varierat</p></td></tr></tbody></table></div></b><br class="Apple-interchange-newline">"#;

const SHEETS: &str = r#"<google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #cccccc;}br {mso-data-placement:same-cell;}--></style><table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" dir="ltr" border="1" data-sheets-root="1"><colgroup><col width="100"/></colgroup><tbody><tr style="height:21px;"><td></td><td data-sheets-value="{&quot;1&quot;:2,&quot;2&quot;:&quot;E&quot;}">E</td><td>C</td></tr><tr><td>Tes<br/>Vad texten vill</td><td>Enkel</td><td>Utvecklad och tydlig</td></tr><tr><td>Språk</td><td>Förståeligt</td><td>Varierat</td></tr></tbody></table>"#;

#[test]
fn the_same_table_is_the_same_rubric_whichever_program_it_was_copied_from() {
    for (program, clipboard) in [
        ("Word", WORD),
        ("Excel", EXCEL),
        ("Docs", DOCS),
        ("Sheets", SHEETS),
    ] {
        assert_eq!(html(clipboard), EXPECTED, "{program}");
    }
}
