//! Machine-readable files (开放数据): what each item says as JSON, as JSON-LD of schema.org and of CPSV-AP; lists,
//! tables and their schemas; feeds of changes; the working calendar; what programs ask of any site.
//!
//! An item is published by one definition, `record`: from it come the file, its JSON Schema and the tables of the
//! page `/data/`. Nothing is in a file that a page could not show: both are made from the same portal, which holds
//! neither drafts nor what is 涉密.

mod bundle;
mod calendar;
mod cases;
mod catalogue;
mod cpsv;
mod feed;
mod item;
mod item_parts;
mod json;
mod lists;
mod parts;
mod performance;
mod record;
mod schema;
mod structured;
mod table;
mod web;

pub(crate) use catalogue::{Documented, documented};
pub(crate) use schema::{Table, item_tables, list_tables, performance_tables};
pub use structured::page_data;

use crate::plan::{Data, OpenFile, OutputPlan};
use crate::portal::Portal;

/// Makes a machine-readable file.
pub fn make(portal: &Portal, plan: &OutputPlan, data: Data) -> Vec<u8> {
    match data {
        Data::SitemapXml => web::sitemap(portal, plan),
        Data::Robots => web::robots(portal),
        Data::Calendar => calendar::calendar(portal),
        Data::Feed(feed) => feed::feed(portal, plan, feed),
        Data::Open(file) => open(portal, plan, file),
    }
}

fn open(portal: &Portal, plan: &OutputPlan, file: OpenFile) -> Vec<u8> {
    match file {
        OpenFile::Item(id) => lists::bytes(&item::record(portal, id)),
        OpenFile::ItemCpsv(id) => lists::bytes(&cpsv::service(portal, id)),
        OpenFile::ItemSchema => schema::item_schema(portal),
        OpenFile::List(listed, part) => lists::list(portal, listed, part),
        OpenFile::ListSchema(listed) => schema::list_schema(portal, listed),
        OpenFile::Performance => lists::bytes(&performance::record(portal, plan)),
        OpenFile::PerformanceSchema => schema::performance_schema(portal),
        OpenFile::ItemsCsv => table::table(portal),
        OpenFile::Catalogue => lists::bytes(&catalogue::catalogue(portal, plan)),
        OpenFile::SitemapPart(part) => web::sitemap_part(portal, plan, part),
        OpenFile::OpenSearch => web::opensearch(portal),
        OpenFile::Security => web::security(portal),
    }
}
