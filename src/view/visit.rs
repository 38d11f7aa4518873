//! The visit planner (什么时候去): what a script needs to say whether a place is open.

use serde::Serialize;

use crate::model::terms::NoticeKind;
use crate::model::value::{HolidayRule, OpeningHours, is_beside, is_for_others};
use crate::plan::CALENDAR_PATH;
use crate::portal::{self, Item, ItemId, PlaceId, PlaceUse};
use crate::view::item::concerns;
use crate::view::{PlaceRow, Scene};

/// The planner of a place.
#[derive(Debug, Clone, Serialize)]
pub struct Visit {
    /// The working calendar.
    pub calendar_url: String,
    /// The hours for the script, as JSON.
    pub hours_json: String,
}

#[derive(Debug, Serialize)]
struct Hours {
    lines: Vec<Line>,
    closed: bool,
    makeup: bool,
    notices: Vec<Notice>,
}

#[derive(Debug, Serialize)]
struct Line {
    days: String,
    ranges: Vec<(u16, u16)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    season: Option<(u16, u16)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// Whether it holds for other windows alone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    others: bool,
    /// Whether it holds for some windows, beside the lines of the whole year.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    beside: bool,
}

#[derive(Debug, Serialize)]
struct Notice {
    title: String,
    url: String,
    from: String,
    until: String,
    /// Whether windows are shut or systems down, so that the hours may not hold.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    shut: bool,
}

impl Scene<'_> {
    /// A place where an item is handled, with the planner.
    pub(super) fn place_to_visit(&self, id: ItemId, item: &Item, used: &PlaceUse) -> PlaceRow {
        let mut row = self.place_use(used);
        row.visit = self.visit(used.place, &used.hours, self.portal.asked_window(used), Some((id, item)));
        row
    }

    /// The planner of a window of a place, or of any, with these hours; none while they are still to be told. Who
    /// comes for an item is told of its notices as well.
    pub(super) fn visit(
        &self,
        id: PlaceId,
        hours: &[OpeningHours],
        window: Option<&str>,
        item: Option<(ItemId, &Item)>,
    ) -> Option<Visit> {
        if hours.is_empty() {
            return None;
        }
        let facts = &self.portal.place(id).facts;
        let rule = facts.holidays.told().map(|text| HolidayRule::read(text)).unwrap_or_default();
        let coming =
            |notice: &&portal::Notice| notice.head.until.date() >= self.portal.as_of && tells(notice, id, item);
        let notices = self.portal.notices.iter().filter(coming).map(|notice| Notice {
            title: notice.head.title.clone(),
            url: self.url(&notice.path()),
            from: notice.head.from.to_string(),
            until: notice.head.until.to_string(),
            shut: matches!(notice.head.kind, NoticeKind::Closed | NoticeKind::Maintenance),
        });
        let hours = Hours {
            lines: hours.iter().map(|one| line(one, window)).collect(),
            closed: rule.closed_on_holidays,
            makeup: rule.open_on_workdays,
            notices: notices.collect(),
        };
        Some(Visit { calendar_url: self.url(CALENDAR_PATH), hours_json: serde_json::to_string(&hours).ok()? })
    }
}

/// Whether who comes to a place, for an item or for none, is told of a notice: one of the place, unless it only reminds
/// of other items, or one of the item that names no place.
fn tells(notice: &portal::Notice, place: PlaceId, item: Option<(ItemId, &Item)>) -> bool {
    let Some((id, item)) = item else { return notice.places.contains(&place) };
    if notice.places.contains(&place) {
        let is_for_all = notice.items.is_empty() || notice.head.kind != NoticeKind::Reminder;
        return is_for_all || notice.items.contains(&id);
    }
    notice.places.is_empty() && concerns(notice, id, item)
}

fn line(hours: &OpeningHours, window: Option<&str>) -> Line {
    let number = |(month, day): (u8, u8)| u16::from(month) * 100 + u16::from(day);
    Line {
        days: hours.days.iter().map(|day| day.to_monday_one_offset().to_string()).collect(),
        ranges: hours.ranges.clone(),
        season: hours.season.as_ref().map(|season| (number(season.first), number(season.last))),
        note: hours.note.clone(),
        others: is_for_others(hours, window),
        beside: is_beside(hours, window),
    }
}
