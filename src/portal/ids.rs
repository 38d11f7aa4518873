//! The ids of resolved things: positions in the portal's lists.

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// Issues the id of a position; only the resolve stage does so.
            pub(in crate::portal) fn issue(index: usize) -> Self {
                $name(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The position in the portal's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )+ };
}

ids!(
    /// Which item.
    ItemId,
    /// Which law.
    LawId,
    /// Which shared material.
    MaterialId,
    /// Which place.
    PlaceId,
    /// Which department.
    DepartmentId,
    /// Which topic.
    TopicId,
    /// Which bundle.
    BundleId,
);
