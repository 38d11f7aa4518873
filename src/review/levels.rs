//! What is done about a class of changes, and which changes are let pass.

use crate::model::terms::ChangeLevel;
use crate::portal::Portal;
use crate::review::{Card, Class, Excepted, Review};
use crate::schema::site::ChangeLevels;

/// The level of each class.
#[derive(Debug, Clone, Copy, Default)]
pub struct Levels(ChangeLevels);

impl Levels {
    /// The levels of `site.yaml`; nothing said is 提醒.
    pub fn of(portal: Option<&Portal>) -> Levels {
        Levels(portal.and_then(|portal| portal.site.change_levels).unwrap_or_default())
    }

    /// The level of a class.
    pub fn level(&self, class: Class) -> ChangeLevel {
        let said = match class {
            Class::Burden => self.0.burden,
            Class::Relief => self.0.relief,
            Class::Fact => self.0.fact,
            Class::Wording => self.0.wording,
            Class::Structure => self.0.structure,
            Class::Consequence => self.0.consequence,
        };
        said.unwrap_or(ChangeLevel::Warn)
    }
}

/// Notes on each change the exception of `exceptions.yaml` that lets it pass.
pub(super) fn except(cards: &mut [Card], portal: &Portal) {
    let as_of = portal.as_of;
    for card in cards {
        for change in &mut card.changes {
            let found = portal.exceptions.exceptions.iter().find(|exception| {
                Class::named(&exception.code) == Some(change.class)
                    && exception.file == card.file
                    && exception.field.as_ref().is_none_or(|field| *field == change.key || *field == change.field)
                    && exception.until.is_none_or(|until| until.date() >= as_of)
            });
            change.excepted = found.map(|exception| Excepted {
                reason: exception.reason.clone(),
                person: exception.person.clone(),
                date: exception.date.to_string(),
            });
        }
    }
}

/// How many changes block: those of a class asked for or set to 阻止, without those let pass.
pub fn blocked(review: &Review, levels: &Levels, asked: &[Class]) -> usize {
    let is_blocking = |class: Class| asked.contains(&class) || levels.level(class) == ChangeLevel::Block;
    let of = |change: &crate::review::Change| {
        change.excepted.is_none()
            && (is_blocking(change.class) || (!change.touched.is_empty() && is_blocking(Class::Consequence)))
    };
    review.count_if(of)
}

#[cfg(test)]
mod tests {
    use super::Class;
    use crate::check::CHANGE_CLASSES;

    #[test]
    fn the_check_knows_every_class() {
        let names: Vec<&str> = Class::ALL.iter().flat_map(|class| [class.names().0, class.names().1]).collect();
        assert!(names.iter().all(|name| CHANGE_CLASSES.contains(name)) && names.len() == CHANGE_CLASSES.len());
    }
}
