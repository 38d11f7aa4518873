//! Where the file of each document stands, from the portal's folder: what
//! [`kind_of`](crate::documents::kind_of) reads, the other way round.

/// The folder of a department.
pub fn department_folder(id: &str) -> String {
    format!("content/departments/{id}")
}

/// The file of a department.
pub fn department(id: &str) -> String {
    format!("{}/department.yaml", department_folder(id))
}

/// The folder of an item.
pub fn item_folder(department: &str, slug: &str) -> String {
    format!("{}/{slug}", department_folder(department))
}

/// The file of an item.
pub fn item(department: &str, slug: &str) -> String {
    format!("{}/item.yaml", item_folder(department, slug))
}

/// The file of a law.
pub fn law(id: &str) -> String {
    format!("content/laws/{id}.yaml")
}

/// The file of a shared material.
pub fn material(id: &str) -> String {
    format!("content/materials/{id}.yaml")
}

/// The file of a place.
pub fn place(id: &str) -> String {
    format!("content/places/{id}.yaml")
}

/// The file of a bundle.
pub fn bundle(slug: &str) -> String {
    format!("content/bundles/{slug}/bundle.yaml")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{DocumentKind, kind_of};

    #[test]
    fn what_stands_there_is_read_as_such() {
        let a = || "a".to_owned();
        for (path, kind) in [
            (department("a"), DocumentKind::Department(a())),
            (item("b", "a"), DocumentKind::Item("b".to_owned(), a())),
            (law("a"), DocumentKind::Law(a())),
            (material("a"), DocumentKind::Material(a())),
            (place("a"), DocumentKind::Place(a())),
            (bundle("a"), DocumentKind::Bundle(a())),
        ] {
            assert_eq!(kind_of(&path), kind);
        }
    }
}
