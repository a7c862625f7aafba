//! What is fuzzed: spreadsheets that are imported.

use super::{Target, base, many, none, numbered};
use qingdan::cli::locale::MessageLang;
use qingdan::cli::output::{self, Format};
use qingdan::diag::Report;
use qingdan::source::Sources;
use qingdan::{archive, import};

/// Puts tables to an import into the small catalogue, both ways.
fn import_all(tables: &[import::Table]) {
    let files = base();
    let sources = Sources::from_memory(files.clone());
    let mut before = Report::default();
    let catalogue = qingdan::load(&sources).merge_into(&mut before);
    let written = |path: &str| files.get(path).cloned();
    for (update, add_groups) in [(false, false), (true, true)] {
        let options = import::Options { update, add_groups, ..import::Options::default() };
        let Ok(outcome) = import::plan(tables, (&sources, &catalogue, &before), &options, &written) else { continue };
        let text = output::render(&outcome.report, Format::Human, MessageLang::En);
        assert!(!text.is_empty());
        for file in &outcome.value.files {
            let safe = !file.path.starts_with('/') && !file.path.split('/').any(|name| name == ".." || name.is_empty());
            assert!(safe && !file.path.contains(['\\', ':', '\0']), "an import would write {:?}", file.path);
        }
    }
}

pub(in crate::fuzz) fn csv() -> Target {
    fn run(input: &[u8]) {
        if let Ok(read) = import::read("list.csv", "list", input) {
            import_all(&read.tables);
        }
    }
    Target {
        name: "csv",
        corpus: "csv",
        run,
        seeds: none,
        words: &[
            ",",
            ";",
            "\t",
            "\"",
            "\"\"",
            "\n",
            "\r\n",
            "\r",
            "sep=;\n",
            "序号",
            "服务项目",
            "标准",
            "部门",
            "教育局",
            "财政局、教育局",
            "领域",
            "id",
            "name",
            "domain",
            "departments",
            "一、教育",
            "（一）基本",
            "小计",
            "合计",
            "1",
            "１",
            "1.0",
            "-1",
            "=1+1",
            "'=1",
            "../x",
            "a/b",
            "\u{feff}",
            "、",
            "各旗市区",
            "牵头负责",
            "education",
            "每人每年1000元",
            "\0",
        ],
        shapes: &[
            ("rows", |n| numbered("序号,服务项目,标准,部门,领域\n", "#,项目#,每年1元,教育局,教育\n", n)),
            ("rows with unknown departments", |n| {
                numbered("序号,服务项目,标准,部门,领域\n", "#,项目#,每年1元,部门#,教育\n", n)
            }),
            ("rows of one name", |n| many("服务项目,标准,部门,领域\n", "项目,每年1元,教育局,教育\n", "", n)),
            ("one row of many departments", |n| {
                many("服务项目,标准,部门,领域\n项目,每年1元,\"", "教育局、", "\",教育\n", n)
            }),
            ("one row of many unlike departments", |n| {
                [
                    numbered("服务项目,标准,部门,领域\n项目,每年1元,\"", "部门#、", n),
                    b"\",\xe6\x95\x99\xe8\x82\xb2\n".to_vec(),
                ]
                .concat()
            }),
            ("departments and what names them", |n| {
                // A table of departments, as `export` writes it, each named by an alias of its own.
                numbered("id,name,aliases\n", "d#,局#,别名#\n", n)
            }),
            ("domains in domains", |n| numbered("id,name,parent\n", "d#,域#,d0\n", n)),
            ("columns", |n| many("", "a,", "\n", n.min(900 * 2))),
            ("columns of unlike names", |n| numbered("服务项目,", "列#,", n.min(6000))),
            ("sections", |n| numbered("序号,服务项目,标准,部门\n", "一、域#,,,\n", n)),
            ("quotes", |n| many("服务项目,标准\n\"", "\"\"", "\",a\n", n)),
            ("quotes not closed", |n| many("服务项目,标准\n", "\"a\",\"", "", n)),
            ("empty rows", |n| many("服务项目,标准\n", "\n", "a,b\n", n)),
            ("commas", |n| many("服务项目,标准\n", ",,,,,,,,,,,,,,,,\n", "a,b\n", n)),
            ("lines in a cell", |n| many("服务项目,标准\na,\"", "行\n", "\"\n", n)),
            ("one long cell", |n| many("服务项目,标准\na,", "长", "\n", n)),
            ("one long heading", |n| many("服务项目,", "长", "\na,b\n", n)),
            ("numbers out of order", |n| many("序号,服务项目,标准,部门,领域\n", "7,项目,1,教育局,教育\n", "", n)),
        ],
    }
}

#[cfg(feature = "xlsx")]
pub(in crate::fuzz) fn xlsx() -> Target {
    /// A workbook around the XML of its only sheet.
    fn workbook(sheet: &[u8]) -> Vec<u8> {
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006";
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        let mut zip = archive::Archive::default();
        let mut add = |path: &str, xml: String| zip.add(path, format!("{head}{xml}").as_bytes());
        add(
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{kind}.worksheet+xml\"/></Types>"
            ),
        );
        add(
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        );
        add(
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relation}\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        );
        add(
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        );
        zip.add("xl/worksheets/sheet1.xml", sheet);
        zip.finish()
    }
    fn run(input: &[u8]) {
        let bytes = if input.starts_with(b"PK") { input.to_vec() } else { workbook(input) };
        if let Ok(read) = import::read("list.xlsx", "list", &bytes) {
            import_all(&read.tables);
        }
    }
    fn seeds() -> Vec<Vec<u8>> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in
            [["序号", "服务项目", "标准", "部门"], ["1", "住宿补助", "每年1000元", "教育局"]].iter().enumerate()
        {
            for (column, cell) in cells.iter().enumerate() {
                sheet.write(row as u32, column as u16, *cell).unwrap();
            }
        }
        vec![book.save_to_buffer().unwrap()]
    }
    Target {
        name: "xlsx",
        corpus: "xlsx",
        run,
        seeds,
        words: &[
            "<row r=\"1\">",
            "</row>",
            "<c r=\"A1\" t=\"inlineStr\"><is><t>",
            "</t></is></c>",
            "<c r=\"XFD1048576\"><v>1</v></c>",
            "<f>1+1</f>",
            "<f t=\"shared\" ref=\"A1:A9\" si=\"0\">A1</f>",
            "<v>",
            "</v>",
            "t=\"s\"",
            "t=\"b\"",
            "t=\"e\"",
            "s=\"99\"",
            "r=\"A0\"",
            "r=\"ZZZZZZ9\"",
            "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>",
            "<mergeCell ref=\"B9:A1\"/>",
            "&amp;",
            "&x;",
            "<!DOCTYPE a [<!ENTITY a \"b\">]>",
            "<![CDATA[",
            "]]>",
            "1e308",
            "-1",
            "99999999999999999999",
            "NaN",
            "服务项目",
            "\0",
            "<dimension ref=\"A1:XFD1048576\"/>",
        ],
        shapes: &[
            ("rows", |n| {
                let start = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>服务项目</t></is></c></row>";
                let mut out = start.to_owned();
                let mut row = 2;
                while out.len() < n {
                    out.push_str(&format!(
                        "<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>项目{row}</t></is></c></row>"
                    ));
                    row += 1;
                }
                format!("{out}</sheetData></worksheet>").into_bytes()
            }),
            ("merged regions", |n| {
                let mut out = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>服务项目</t></is></c></row></sheetData><mergeCells>".to_owned();
                while out.len() < n {
                    out.push_str("<mergeCell ref=\"A1:C1\"/>");
                }
                format!("{out}</mergeCells></worksheet>").into_bytes()
            }),
            ("nested elements", |n| {
                many(
                    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
                    "<row>",
                    "",
                    n,
                )
            }),
        ],
    }
}
