//! Files of other programs: workbooks, tables, lists and the mappings of lists.

use std::io::{Cursor, Read, Write};

use mingbai::diagnostics::Lang;
use mingbai::exchange::map::{Named, import};
use mingbai::exchange::{
    Table, csv_files, csv_table, gather, gather_lines, json_lines, prepare, read_workbook, records, workbook,
};
use mingbai::load::{Given, load_given};
use mingbai::printing::{Format, locate, print};
use mingbai::source::SourceTree;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::content::portal;
use crate::engine::{bytes, texts};
use crate::random::Random;

fn tree() -> SourceTree {
    let site = portal();
    let given = site.paths().map(|path| (path.to_owned(), Given::Bytes(site.bytes(path).to_vec())));
    load_given(given.collect()).tree
}

/// Compares tables with the portal and prints what is wrong with them.
fn import_tables(tables: Vec<Table>) {
    let mut tree = tree();
    let (known, _) = records(&tree);
    let gathered = gather(tables, &mut tree);
    let prepared = prepare(gathered, &known, &mut tree, true);
    print(&locate(prepared.findings().clone().into_vec(), &tree), &tree, Format::Human, Lang::Zh, false);
}

#[test]
fn workbooks() {
    let whole = workbook(&records(&tree()).0).unwrap();
    let empty = workbook(&[]).unwrap();
    bytes("workbooks", &[whole, empty], |bytes| {
        if let Ok(read) = read_workbook("a.xlsx", bytes) {
            import_tables(read.tables);
        }
    });
}

/// The parts of a packed workbook.
fn parts(packed: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(packed)).unwrap();
    let part = |n: usize| {
        let mut file = archive.by_index(n).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..ZipArchive::new(Cursor::new(packed)).unwrap().len()).map(part).collect()
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The sums of a packed file would give most changes away; so a part is changed and packed again.
#[test]
fn parts_of_workbooks() {
    let whole = parts(&workbook(&records(&tree()).0).unwrap());
    let seeds: Vec<Vec<u8>> = whole.iter().map(|(_, bytes)| bytes.clone()).collect();
    let mut random = Random::of("which part");
    let mut read = 0_usize;
    bytes("parts of workbooks", &seeds, |bytes| {
        let mut parts = whole.clone();
        let at = random.below(parts.len());
        bytes.clone_into(&mut parts[at].1);
        if let Ok(found) = read_workbook("a.xlsx", &packed(&parts)) {
            read += 1;
            import_tables(found.tables);
        }
    });
    assert!(read > 0, "none was a workbook any more");
}

/// Rows and columns that no sheet has.
#[test]
fn cells_beyond_every_sheet() {
    let whole = parts(&workbook(&records(&tree()).0).unwrap());
    let sheet = whole.iter().position(|(name, _)| name.starts_with("xl/worksheets/sheet")).unwrap();
    for place in ["A99999999999", "ZZZZZZZZZZZZZZ1", "A0", "1", "", "A", "A1:Z99999999999999999999"] {
        let mut parts = whole.clone();
        let text = String::from_utf8(parts[sheet].1.clone()).unwrap();
        parts[sheet].1 = text.replacen("r=\"A2\"", &format!("r=\"{place}\""), 1).into_bytes();
        let _ = read_workbook("a.xlsx", &packed(&parts));
        parts[sheet].1 = text.replacen("ref=\"A1:", &format!("ref=\"{place}:"), 1).into_bytes();
        let _ = read_workbook("a.xlsx", &packed(&parts));
    }
}

#[test]
fn csv_and_json_lines() {
    let (known, _) = records(&tree());
    let mut seeds: Vec<Vec<u8>> = csv_files(&known).into_iter().map(|(_, bytes)| bytes).collect();
    seeds.push(json_lines(&known).into_bytes());
    seeds.push(b"\xd0\xed\xbf\xc9,\"a\"\"b\"\r\n=1+1,@x".to_vec());
    let names: Vec<String> = csv_files(&known).into_iter().map(|(name, _)| name).collect();
    let mut random = Random::of("which table");
    bytes("CSV and JSON lines", &seeds, |bytes| {
        let name = &names[random.below(names.len())];
        if let Ok((table, _)) = csv_table(name, bytes) {
            import_tables(vec![table]);
        }
        let mut tree = tree();
        let (known, _) = records(&tree);
        let gathered = gather_lines("a.jsonl", &String::from_utf8_lossy(bytes), &mut tree);
        let prepared = prepare(gathered, &known, &mut tree, false);
        print(&locate(prepared.findings().clone().into_vec(), &tree), &tree, Format::Json, Lang::Zh, false);
    });
}

#[test]
fn mappings_and_lists() {
    let map = include_str!("../fixtures/gd/map.yaml");
    let list = include_str!("../fixtures/gd/items.jsonl");
    let list: String = list.lines().take(3).collect::<Vec<_>>().join("\n");
    let mut is_map = false;
    texts("mappings and lists", &[map.to_owned(), list.clone()], |text| {
        is_map = !is_map;
        let (map, list) = if is_map { (text, list.as_str()) } else { (map, text) };
        let (map, list) = (Named { path: "map.yaml", text: map }, Named { path: "items.jsonl", text: list });
        let imported = import(map, list, "2026-07-01");
        print(&locate(imported.findings.into_vec(), &imported.tree), &imported.tree, Format::Human, Lang::En, false);
    });
}
