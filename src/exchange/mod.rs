//! Import and export: a portal as tables and as lines of JSON, and back.
//!
//! ```text
//! YAML ─▶ Records ─▶ Tables ─▶ .xlsx, .csv          (or lines of JSON)
//!           │                      │ read
//!           ▼                      ▼
//!        compare ◀─ wishes ◀─── Tables
//!           │
//!           ▼
//!        edits of the YAML texts, which keep comments and order
//! ```
//!
//! The tables come from the shapes of the schema types (`sheet`), so a new
//! key of the format has its column at once. A cell whose text is that of the
//! export leaves its value untouched: what comes back unchanged changes nothing.
//!
//! [`map`] turns a foreign list into the files of a portal.
//!
//! Nothing here touches the disk. rust_xlsxwriter, calamine and zip are
//! named in `xlsx_write` and `xlsx_read` only.

mod cell;
mod changes;
mod csv_files;
mod fill;
mod gather;
mod guide;
mod lines;
pub mod map;
mod record;
mod sheet;
mod table;
mod verify;
mod xlsx_read;
mod xlsx_write;

pub use changes::{Change, ChangeKind, Changed, Prepared, prepare};
pub use csv_files::{csv_files, csv_table};
pub use gather::{Gathered, gather, gather_lines};
pub use lines::json_lines;
pub use record::{Record, records};
pub use sheet::Kind;
pub use table::{Cell, CellKind, Limits, Table, Unreadable};
pub use verify::verify;
pub use xlsx_read::{Workbook, read_workbook};
pub use xlsx_write::{NotWritten, workbook};
